import type { CodeReader } from '../../core/glance.ts';
import type { Grey } from '../../imaging/read-pixels.ts';
import { scanForCodes } from './barcode-engine.ts';

/** A bar code counts when so many scan lines agree; with fewer zxing reports check-digit-valid nonsense. Square codes correct errors themselves. */
const LEAST_LINES = 3;
/** A card's text is short; what is longer is somebody's web address or ticket and need not be kept. */
const LONGEST = 200;

/** Codes that may be on a divider card. May be repeated. */
export const readCardCodes: CodeReader = async (picture, signal) => {
  const found = await scanForCodes(greenOf(picture), signal);
  const sure = found.filter(({ format, lines }) => format === 'QRCode' || lines >= LEAST_LINES);
  return [...new Set(sure.map(({ text }) => text))].filter((text) => text.length <= LONGEST);
};

function greenOf({ data, width, height }: Parameters<CodeReader>[0]): Grey {
  const green = new Uint8Array(width * height);
  for (let at = 0; at < green.length; at += 1) green[at] = data[at * 4 + 1] ?? 0;
  return { data: green, width, height };
}
