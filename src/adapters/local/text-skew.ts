import type { Grey } from '../../imaging/read-pixels.ts';

/** Tesseract reads lines up to about 5 degrees; steeper than this the first pass finds no label at all. */
const MAX_SKEW = 20;
const STEP = 0.5;
/** A level label must not be turned for a slightly better chance. */
const CLEARLY_BETTER = 1.15;

export interface Skew {
  /** How far the lines are turned clockwise, degrees; 0 when nothing is clearly better. */
  readonly angle: number;
  /** How much sharper the lines are at this angle than as the picture lies. */
  readonly gain: number;
}

/**
 * How the lines of a cut-out label lie. Seen across the lines, writing makes sharp stripes of ink and gaps: the
 * angle with the sharpest stripes is theirs. The engine's own baselines do not tell, because it cuts a tilted
 * line into level pieces.
 */
export function skewOf(picture: Grey): Skew {
  const edges = horizontalEdges(picture);
  const still = sharpness(edges, 0);
  let best = { angle: 0, score: still * CLEARLY_BETTER };
  for (let angle = -MAX_SKEW; angle <= MAX_SKEW; angle += STEP) {
    const score = sharpness(edges, angle);
    if (score > best.score) best = { angle, score };
  }
  return { angle: best.angle, gain: best.angle === 0 ? 1 : best.score / still };
}

interface Edge {
  readonly x: number;
  readonly y: number;
  /** Positive where it gets lighter downwards, as under a line of print. */
  readonly step: number;
}

const WEAKEST_STEP = 24;

/** Changes of brightness from row to row, measured from the centre of the picture. */
function horizontalEdges({ data, width, height }: Grey): readonly Edge[] {
  const edges: Edge[] = [];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const step = (data[at + width] ?? 0) - (data[at - width] ?? 0);
      if (Math.abs(step) >= WEAKEST_STEP) edges.push({ x: x - width / 2, y: y - height / 2, step });
    }
  }
  return edges;
}

function sharpness(edges: readonly Edge[], degrees: number): number {
  const sine = Math.sin((degrees * Math.PI) / 180);
  const cosine = Math.cos((degrees * Math.PI) / 180);
  const rows = new Map<number, number>();
  for (const { x, y, step } of edges) {
    const row = Math.round(y * cosine - x * sine);
    rows.set(row, (rows.get(row) ?? 0) + step);
  }
  let score = 0;
  for (const sum of rows.values()) score += sum * sum;
  return score;
}
