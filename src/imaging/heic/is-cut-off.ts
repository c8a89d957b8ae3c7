/** Boxes that hold the picture and its description; what makers append behind them may be anything. */
const NEEDED = new Set(['ftyp', 'meta', 'mdat']);

/**
 * True when a HEIC file ends before its boxes do (ISO 14496-12, 4.2). libheif decodes such a file without a word and shows
 * flat green for what is missing. Pure.
 */
export function isCutOff(bytes: Buffer): boolean {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const short = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    // 0: to the end of the file, wherever that is.
    if (short === 0) return false;
    const size = short === 1 && at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    if (at + size > bytes.length) return NEEDED.has(type);
    if (size < 8) return false;
    at += size;
  }
  return false;
}
