import type { Grey } from '../../imaging/read-pixels.ts';

/** A patch of parallel bars: where (shares of the picture) and how far it is turned clockwise (degrees, -45 to 45). */
export interface BarRegion {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

interface Block {
  /** Mean squared grey step. */
  readonly energy: number;
  /** 0 (no direction) to 1 (changes in one direction only). */
  readonly coherence: number;
  /** Direction of the strongest change, radians, -π/2 to π/2. */
  readonly direction: number;
}

/** The structure of a picture, block by block. */
export interface BarGrid {
  readonly blocks: readonly Block[];
  readonly columns: number;
  /** Pixels on a block's side. */
  readonly size: number;
  readonly width: number;
  readonly height: number;
}

/** Blocks on the long side: a code that is a tenth of the picture wide still covers several. */
const GRID = 64;
const MIN_COHERENCE = 0.8;
/** Mean squared grey step: weaker stripes are fabric, not print. */
const MIN_ENERGY = 250;
const MIN_BLOCKS = 8;
const MAX_TURN = Math.PI / 12;

/** One look at all pixels, which takes longer than all that is asked of it. Pure. */
export function barGrid(picture: Grey): BarGrid {
  const { width, height } = picture;
  const size = Math.max(8, Math.ceil(Math.max(width, height) / GRID));
  const columns = Math.floor(width / size);
  const rows = Math.floor(height / size);
  const blocks: Block[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) blocks.push(measure(picture, column * size, row * size, size));
  }
  return { blocks, columns, size, width, height };
}

/** Whether anything has edges at all: a blurred photo, or one of soft things, has nothing that could be a code of any kind. Pure. */
export const hasContrast = ({ blocks }: BarGrid, leastEnergy: number): boolean => blocks.some(({ energy }) => energy >= leastEnergy);

/**
 * Where brightness changes strongly in one direction only, as in a one-dimensional barcode. Stripes on
 * fabric look the same: this only says where another look pays, and at which angle. Strongest first.
 * `leastEnergy`: mean squared grey step below which stripes do not count. Pure.
 */
export function findBarRegions(grid: BarGrid, most: number, leastEnergy = MIN_ENERGY): readonly BarRegion[] {
  const blocks = grid.blocks.map((block) => (block.energy >= leastEnergy && block.coherence >= MIN_COHERENCE ? block : undefined));
  return clusters(blocks, grid.columns)
    .filter(({ length }) => length >= MIN_BLOCKS)
    .sort((a, b) => weight(b, blocks) - weight(a, blocks))
    .slice(0, most)
    .map((members) => regionOf(members, blocks, grid));
}

/** The structure tensor of one block. */
function measure({ data, width, height }: Grey, left: number, top: number, size: number): Block {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  let count = 0;
  const right = Math.min(left + size, width - 1);
  const bottom = Math.min(top + size, height - 1);
  for (let y = Math.max(top, 1); y < bottom; y += 2) {
    for (let x = Math.max(left, 1); x < right; x += 1) {
      const at = y * width + x;
      const dx = (data[at + 1] ?? 0) - (data[at - 1] ?? 0);
      const dy = (data[at + width] ?? 0) - (data[at - width] ?? 0);
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
      count += 1;
    }
  }
  const both = xx + yy;
  return {
    energy: both / Math.max(count, 1),
    coherence: both === 0 ? 0 : Math.hypot(xx - yy, 2 * xy) / both,
    direction: 0.5 * Math.atan2(2 * xy, xx - yy),
  };
}

/** Neighbouring blocks of about one direction. */
function clusters(blocks: readonly (Block | undefined)[], columns: number): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  blocks.forEach((block, start) => {
    if (!block || seen.has(start)) return;
    const members: number[] = [];
    const open = [start];
    seen.add(start);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      members.push(at);
      for (const next of neighbours(at, columns)) {
        const other = blocks[next];
        if (!other || seen.has(next) || turnBetween(block.direction, other.direction) > MAX_TURN) continue;
        seen.add(next);
        open.push(next);
      }
    }
    found.push(members);
  });
  return found;
}

function neighbours(at: number, columns: number): number[] {
  const column = at % columns;
  const near = [at - columns, at + columns];
  if (column > 0) near.push(at - 1);
  if (column < columns - 1) near.push(at + 1);
  return near;
}

function turnBetween(a: number, b: number): number {
  const turn = Math.abs(a - b) % Math.PI;
  return Math.min(turn, Math.PI - turn);
}

const weight = (members: readonly number[], blocks: readonly (Block | undefined)[]): number =>
  members.reduce((sum, at) => sum + (blocks[at]?.energy ?? 0), 0);

function regionOf(
  members: readonly number[],
  blocks: readonly (Block | undefined)[],
  { columns, size, width, height }: BarGrid,
): BarRegion {
  const xs = members.map((at) => (at % columns) * size);
  const ys = members.map((at) => Math.floor(at / columns) * size);
  // Doubled angles, because a direction and its opposite are one.
  const sine = members.reduce((sum, at) => sum + Math.sin(2 * (blocks[at]?.direction ?? 0)), 0);
  const cosine = members.reduce((sum, at) => sum + Math.cos(2 * (blocks[at]?.direction ?? 0)), 0);
  const degrees = (Math.atan2(sine, cosine) / 2) * (180 / Math.PI);
  // A code needs its quiet zone, and the outermost bars rarely fill a block.
  const margin = size * 3;
  const left = Math.max(0, Math.min(...xs) - margin);
  const top = Math.max(0, Math.min(...ys) - margin);
  const right = Math.min(width, Math.max(...xs) + size + margin);
  const bottom = Math.min(height, Math.max(...ys) + size + margin);
  return {
    left: left / width,
    top: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
    angle: degrees > 45 ? degrees - 90 : degrees < -45 ? degrees + 90 : degrees,
  };
}
