/**
 * Reads EAN-13 and UPC-A from one brightness profile by fitting drawn symbols to it instead of measuring bars:
 * blur and shine move and swallow edges, yet the whole shape of a digit survives them. Layout and symbols after the
 * GS1 General Specifications, 5.2.1.
 */
export interface FittedCode {
  /** 13 digits with a right check digit and a possible parity pattern. */
  readonly text: string;
  /** Mean correlation of digits and guards with the drawing, -1 to 1. */
  readonly fit: number;
  /** How much worse the best other digit fits at the weakest place, 0 to 2. */
  readonly margin: number;
}

/** Odd (L) symbols; even ones (G) are these mirrored and inverted, right ones (R) inverted. */
const ODD = ['0001101', '0011001', '0010011', '0111101', '0100011', '0110001', '0101111', '0111011', '0110111', '0001011'];
/** Which of the six left digits are even; its place in the list is the first digit. */
const PARITIES = ['000000', '001011', '001101', '001110', '010011', '011001', '011100', '010101', '010110', '011010'];
const inverted = (bits: string): string => [...bits].map((bit) => (bit === '0' ? '1' : '0')).join('');
const mirrored = (bits: string): string => [...bits].reverse().join('');

/** Samples per module, and how soft edges are drawn (standard deviation in modules). */
const SAMPLES = 4;
const SOFTNESS = [0.45, 0.75, 1.05];
const MODULES = 95;
const DIGIT = 7;
/** First module of each digit. */
const PLACES = Array.from({ length: 12 }, (_, at) => 3 + at * DIGIT + (at < 6 ? 0 : 5));

interface Drawing {
  readonly values: Float32Array;
  /** Modules that stand before the symbol's own first. */
  readonly before: number;
}

interface Drawings {
  readonly odd: readonly Drawing[];
  readonly even: readonly Drawing[];
  readonly right: readonly Drawing[];
  readonly guards: readonly { readonly at: number; readonly drawing: Drawing }[];
}

// A symbol's neighbours are known too: left digits begin light and end dark, right ones the other way round.
const drawings = (softness: number): Drawings => ({
  odd: ODD.map((bits) => drawn(`1${bits}0`, 1, softness)),
  even: ODD.map((bits) => drawn(`1${mirrored(inverted(bits))}0`, 1, softness)),
  right: ODD.map((bits) => drawn(`0${inverted(bits)}1`, 1, softness)),
  guards: [
    { at: 0, drawing: drawn('0001010', 3, softness) },
    { at: 45, drawing: drawn('1010101', 1, softness) },
    { at: 92, drawing: drawn('0101000', 1, softness) },
  ],
});

let drawnOnce: readonly Drawings[] | undefined;

/** Dark is high. The ends of the modules' run are softened as if it went on. */
function drawn(bits: string, before: number, softness: number): Drawing {
  const values = new Float32Array(bits.length * SAMPLES);
  for (let at = 0; at < values.length; at += 1) {
    const x = (at + 0.5) / SAMPLES;
    let sum = 0;
    let all = 0;
    for (let module = -3; module < bits.length + 3; module += 1) {
      const weight = Math.exp(-((x - module - 0.5) ** 2) / (2 * (softness ** 2 + 1 / 12)));
      sum += weight * Number(bits[Math.min(Math.max(module, 0), bits.length - 1)]);
      all += weight;
    }
    values[at] = sum / all;
  }
  return { values: normalised(values), before };
}

/** Mean 0, length 1: a scalar product is then the correlation. */
function normalised(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = Math.hypot(...centred);
  return length < 1e-6 ? centred : centred.map((value) => value / length);
}

interface Frame {
  /** Sample of the profile where the first module begins, and samples in a module. */
  readonly start: number;
  readonly module: number;
  readonly score: number;
}

/** `profile`: darkness along a line across the bars. Undefined where nothing fits. May be repeated; never throws. */
export function fitCode(profile: Float32Array): FittedCode | undefined {
  if (countTurns(profile) < LEAST_TURNS) return undefined;
  drawnOnce ??= SOFTNESS.map(drawings);
  const [, middle] = drawnOnce;
  if (!middle) return undefined;
  const reversed = profile.slice().reverse();
  let best: FittedCode | undefined;
  // The three guards read the same from both sides: one search serves both.
  for (const frame of likelyFrames(profile, middle)) {
    const turned = { ...frame, start: profile.length - frame.start - MODULES * frame.module };
    for (const drawing of drawnOnce) {
      for (const code of [decoded(profile, drawing, frame), decoded(reversed, drawing, turned)]) {
        if (code && (best === undefined || code.fit + code.margin > best.fit + best.margin)) best = code;
      }
    }
  }
  return best;
}

/** Thirty bars turn sixty times; blur swallows some. Folds and seams have far fewer. */
const LEAST_TURNS = 36;

/** How often the profile turns from lighter to darker and back by more than a little of its range. */
function countTurns(profile: Float32Array): number {
  const least = (Math.max(...profile) - Math.min(...profile)) * 0.03;
  let turns = 0;
  let extreme = profile[0] ?? 0;
  let rising = true;
  for (const value of profile) {
    if (rising ? value > extreme : value < extreme) extreme = value;
    else if (Math.abs(value - extreme) > least) {
      turns += 1;
      rising = !rising;
      extreme = value;
    }
  }
  return turns;
}

const MOST_FRAMES = 25;
/** Three guards fit cloth by chance now and then, but not as well as this. */
const LEAST_GUARDS = 0.65;

/** Where the guards fit best. */
function likelyFrames(profile: Float32Array, { guards }: Drawings): readonly Frame[] {
  const frames: Frame[] = [];
  const guardAt = (which: number, start: number, module: number): number => {
    const guard = guards[which];
    return guard ? bestShift(profile, guard.drawing, start + guard.at * module, module).score : 0;
  };
  for (let module = profile.length / 280; module * (MODULES + 4) <= profile.length; module *= 1.01) {
    for (let start = module; start + module * (MODULES + 1) <= profile.length; start += module * 0.6) {
      const middle = guardAt(1, start, module);
      if (middle < LEAST_GUARDS - 0.2) continue;
      const score = (middle + guardAt(0, start, module) + guardAt(2, start, module)) / 3;
      if (score >= LEAST_GUARDS) frames.push({ start, module, score });
    }
  }
  const kept: Frame[] = [];
  for (const frame of frames.sort((a, b) => b.score - a.score)) {
    if (kept.length >= MOST_FRAMES) break;
    const near = (other: Frame): boolean =>
      Math.abs(other.start - frame.start) < 1.5 * frame.module && Math.abs(other.module - frame.module) < frame.module * 0.02;
    if (!kept.some(near)) kept.push(frame);
  }
  return kept;
}

const SHIFTS = [0, -0.35, 0.35];

function bestShift(
  profile: Float32Array,
  drawing: Drawing,
  at: number,
  module: number,
): { readonly score: number; readonly shift: number } {
  let best = { score: -1, shift: 0 };
  for (const shift of SHIFTS) {
    const score = correlation(profile, drawing, at + shift * module, module);
    if (score > best.score) best = { score, shift };
  }
  return best;
}

function correlation(profile: Float32Array, { values, before }: Drawing, at: number, module: number): number {
  const step = module / SAMPLES;
  let x = at - before * module + step / 2;
  let sum = 0;
  let product = 0;
  let squares = 0;
  for (const value of values) {
    const low = Math.floor(x);
    const from = profile[Math.min(Math.max(low, 0), profile.length - 1)] ?? 0;
    const to = profile[Math.min(Math.max(low + 1, 0), profile.length - 1)] ?? 0;
    const sample = from + (to - from) * (x - low);
    sum += sample;
    squares += sample * sample;
    product += sample * value;
    x += step;
  }
  const spread = squares - (sum * sum) / values.length;
  return spread < 1e-3 ? 0 : product / Math.sqrt(spread);
}

/** Correlation of every symbol at every place, then the digits that fit best together. */
function decoded(profile: Float32Array, { odd, even, right, guards }: Drawings, frame: Frame): FittedCode | undefined {
  const { module } = frame;
  // Curved packages stretch and squeeze: guards and the digits found so far say where the next one stands.
  const offsets = guards.map(({ at, drawing }) => bestShift(profile, drawing, frame.start + at * module, module).shift);
  const offsetAt = (place: number): number => {
    const [a = 0, b = 0, c = 0] = offsets;
    return place < 47.5 ? a + ((b - a) * place) / 47.5 : b + ((c - b) * (place - 47.5)) / 47.5;
  };
  const fits = (symbols: readonly Drawing[], place: number): readonly number[] =>
    symbols.map((symbol) => bestShift(profile, symbol, frame.start + (place + offsetAt(place)) * module, module).score);
  const left = PLACES.slice(0, 6).map((place) => ({ odd: fits(odd, place), even: fits(even, place) }));
  const rightFits = PLACES.slice(6).map((place) => fits(right, place));

  const parities = left.map((place) => (Math.max(...place.even) > Math.max(...place.odd) ? '1' : '0')).join('');
  const first = PARITIES.indexOf(parities);
  if (first < 0) return undefined;
  const slots = [...left.map((place, at) => (parities[at] === '1' ? place.even : place.odd)), ...rightFits];
  const others = left.map((place, at) => Math.max(...(parities[at] === '1' ? place.odd : place.even)));
  const digits = slots.map((each) => each.indexOf(Math.max(...each)));
  const text = `${first}${digits.join('')}`;
  if (!hasCheckDigit(text)) return undefined;
  const chosen = slots.map((each) => Math.max(...each));
  const margins = slots.map((each, at) => {
    const next = Math.max(...each.filter((_, digit) => digit !== digits[at]), others[at] ?? -1);
    return (chosen[at] ?? 0) - next;
  });
  return { text, fit: (chosen.reduce((sum, fit) => sum + fit, 0) + 3 * frame.score) / 15, margin: Math.min(...margins) };
}

const hasCheckDigit = (text: string): boolean =>
  [...text].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0;
