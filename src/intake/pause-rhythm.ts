/** How long the pauses of a roll are: within an item, and between items. All in milliseconds. */
export interface Rhythm {
  /** A longer pause begins a new item. */
  readonly limitMs: number;
  /** Up to this the photos are surely of one item. */
  readonly sureMs: number;
  /** The roll itself shows two kinds of pauses; else the limit is the one that was set. */
  readonly clear: boolean;
  /** The usual pause within an item, for people. */
  readonly usualMs: number;
}

/** Longer pauses say no more: the next item, or lunch. */
const LONGEST_MS = 10 * 60_000;
/** Fewer pauses of a kind prove no habit. */
const LEAST_WITHIN = 5;
const LEAST_BETWEEN = 3;
/** The shortest pause between items must be so many times the longest within one. */
const LEAST_STEP = 1.8;
/** Nobody changes the item faster. */
const LEAST_BETWEEN_MS = 8000;

/**
 * Adapts to the seller's pace: the pauses of a roll fall into short ones within an item and long ones between
 * items, and the limit is set into the valley between the two (Otsu's threshold over their logarithms). A roll
 * that shows no valley gets the limit of the settings, a third of which counts as sure. Pure.
 */
export function rhythmOf(pausesMs: readonly number[], setMs: number): Rhythm {
  const usual = { limitMs: setMs, sureMs: setMs / 3, clear: false, usualMs: median(pausesMs.filter((pause) => pause <= setMs)) };
  const logs = pausesMs.map((pause) => Math.log(Math.min(Math.max(pause, 1000), LONGEST_MS))).sort((a, b) => a - b);
  const cut = otsu(logs);
  if (cut < LEAST_WITHIN || logs.length - cut < LEAST_BETWEEN) return usual;
  const [within, between] = [Math.exp(logs[cut - 1] ?? 0), Math.exp(logs[cut] ?? 0)];
  if (between / within < LEAST_STEP || between < LEAST_BETWEEN_MS) return usual;
  const limitMs = Math.sqrt(within * between);
  return { limitMs, sureMs: limitMs, clear: true, usualMs: median(pausesMs.filter((pause) => pause <= limitMs)) };
}

/** How many of the sorted values belong to the lower of two classes that differ most. */
function otsu(sorted: readonly number[]): number {
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let best = { cut: 0, score: 0 };
  let sum = 0;
  for (let cut = 1; cut < sorted.length; cut += 1) {
    sum += sorted[cut - 1] ?? 0;
    const step = (total - sum) / (sorted.length - cut) - sum / cut;
    const score = cut * (sorted.length - cut) * step * step;
    if (score > best.score) best = { cut, score };
  }
  return best.cut;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
