/** Pixels of a picture as it is sent. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Sent with every picture. Never `auto`: on newer models it means the original size, at many times the price. */
export type Detail = 'low' | 'high';

/** How a model counts pictures (OpenAI's guide "Images and vision", Calculating costs). */
export type PictureBilling =
  | { readonly kind: 'tiles'; readonly base: number; readonly perTile: number }
  | { readonly kind: 'patches'; readonly factor: number; readonly most: number };

const tiles = (base: number, perTile: number): PictureBilling => ({ kind: 'tiles', base, perTile });
const patches = (factor: number, most = 1_536): PictureBilling => ({ kind: 'patches', factor, most });

/**
 * By the beginning of a model's name; the longest that fits counts. The guide gives 2.46 for the nano models and
 * measurements less: the higher figure stands, because a reservation must not be too small.
 */
const BY_NAME: Readonly<Record<string, PictureBilling>> = {
  'gpt-4o': tiles(85, 170),
  'gpt-4o-mini': tiles(2_833, 5_667),
  'gpt-4.1': tiles(85, 170),
  'gpt-4.1-mini': patches(1.62),
  'gpt-4.1-nano': patches(2.46),
  'gpt-4.5': tiles(85, 170),
  o1: tiles(75, 150),
  o3: tiles(75, 150),
  'o4-mini': patches(1.72),
  'gpt-5': tiles(70, 140),
  'gpt-5-mini': patches(1.62),
  'gpt-5-nano': patches(2.46),
  'gpt-5.2': patches(1),
  'gpt-5.4': patches(1, 2_500),
  'gpt-5.4-mini': patches(1.62),
  'gpt-5.4-nano': patches(2.46),
  'gpt-5.5': patches(1, 2_500),
  'gpt-5.6': patches(1.2, 2_500),
  'gpt-6': patches(1.2, 2_500),
};

/** What nobody has described is taken for the dearest of the patch models. */
const UNKNOWN = patches(2.46, 2_500);

/** `like` names a model that counts in the same way, for names that tell nothing. */
export function pictureBilling(model: string, like: string | null = null): PictureBilling {
  // Services that pass calls on write the maker before the name: `openai/gpt-4o`.
  const name = (like ?? model).toLowerCase().split('/').at(-1) ?? '';
  const fitting = Object.keys(BY_NAME)
    .filter((known) => name === known || (name.startsWith(known) && /^[-.:@]/.test(name.slice(known.length))))
    .sort((a, b) => b.length - a.length)[0];
  return (fitting === undefined ? undefined : BY_NAME[fitting]) ?? UNKNOWN;
}

/** Input tokens of one picture. Pure; equals the guide's formula. */
export function pictureTokens({ width, height }: PictureSize, billing: PictureBilling, detail: Detail): number {
  return billing.kind === 'tiles'
    ? tileTokens({ width, height }, billing, detail)
    : Math.ceil(patchesOf({ width, height }, detail === 'low' ? Math.min(LOW_PATCHES, billing.most) : billing.most) * billing.factor);
}

const TILE = 512;
const LONGEST = 2_048;
const SHORT_SIDE = 768;

/** Fitted into 2048 x 2048, then the short side shrunk to 768, then counted in tiles of 512. */
function tileTokens(size: PictureSize, { base, perTile }: Extract<PictureBilling, { kind: 'tiles' }>, detail: Detail): number {
  if (detail === 'low') return base;
  const fitted = shrunk(size, LONGEST / Math.max(size.width, size.height));
  const { width, height } = shrunk(fitted, SHORT_SIDE / Math.min(fitted.width, fitted.height));
  return base + perTile * inUnits(width, TILE) * inUnits(height, TILE);
}

const PATCH = 32;
/** Measured on models of 2026; the guide does not tell. */
const LOW_PATCHES = 256;

/** Patches of 32 pixels; a picture with more than allowed is shrunk until it fits, to whole patches in one direction. */
function patchesOf(size: PictureSize, most: number): number {
  const { width, height } = shrunk(size, LONGEST / Math.max(size.width, size.height));
  const wanted = inUnits(width, PATCH) * inUnits(height, PATCH);
  if (wanted <= most) return wanted;
  const scale = Math.sqrt((PATCH * PATCH * most) / (width * height));
  const across = (width * scale) / PATCH;
  const down = (height * scale) / PATCH;
  const exact = scale * Math.min(Math.floor(across) / across, Math.floor(down) / down);
  return Math.min(most, inUnits(width * exact, PATCH) * inUnits(height * exact, PATCH));
}

const shrunk = ({ width, height }: PictureSize, factor: number): PictureSize =>
  factor >= 1 ? { width, height } : { width: width * factor, height: height * factor };

/** A hair over a whole number is rounding, not another unit. */
const inUnits = (pixels: number, unit: number): number => Math.max(1, Math.ceil(pixels / unit - 1e-6));
