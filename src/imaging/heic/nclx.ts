/** Colours by number (ITU-T H.273), as a `colr` box of type `nclx` gives them (ISO 14496-12, 12.1.5). */
export interface Nclx {
  readonly primaries: number;
  readonly transfer: number;
}

interface Box {
  readonly type: string;
  /** Where its content begins and ends in the file. */
  readonly start: number;
  readonly end: number;
}

/**
 * How the main picture of a HEIC file says its colours are meant, where it says so by number instead of by a profile: its own
 * property, or that of its first tile. Undefined when it does not say, or the file cannot be followed. Pure.
 */
export function nclxOf(bytes: Buffer): Nclx | undefined {
  try {
    const meta = boxes(bytes, 0, bytes.length).find(({ type }) => type === 'meta');
    if (!meta) return undefined;
    const inside = boxes(bytes, meta.start + 4, meta.end);
    const find = (type: string): Box | undefined => inside.find((box) => box.type === type);
    const [pitm, iprp, iref] = [find('pitm'), find('iprp'), find('iref')];
    if (!pitm || !iprp) return undefined;
    const main = bytes[pitm.start] === 0 ? bytes.readUInt16BE(pitm.start + 4) : bytes.readUInt32BE(pitm.start + 4);
    const parts = boxes(bytes, iprp.start, iprp.end);
    const ipco = parts.find(({ type }) => type === 'ipco');
    if (!ipco) return undefined;
    const properties = boxes(bytes, ipco.start, ipco.end);
    const tile = iref && firstTile(bytes, iref, main);
    for (const item of tile === undefined ? [main] : [main, tile]) {
      for (const ipma of parts.filter(({ type }) => type === 'ipma')) {
        for (const number of propertiesOf(bytes, ipma, item)) {
          const found = properties[number - 1];
          if (found?.type === 'colr' && bytes.toString('latin1', found.start, found.start + 4) === 'nclx')
            return { primaries: bytes.readUInt16BE(found.start + 4), transfer: bytes.readUInt16BE(found.start + 6) };
        }
      }
    }
    return undefined;
  } catch (error) {
    // Boxes that lead outside the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function boxes(bytes: Buffer, from: number, to: number): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const short = bytes.readUInt32BE(at);
    const header = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    if (size < header) break;
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at + header, end: Math.min(at + size, to) });
    at += size;
  }
  return found;
}

/** The first picture that a derived one (a grid) is made of: reference type `dimg` (ISO 23008-12, 6.4). */
function firstTile(bytes: Buffer, iref: Box, main: number): number | undefined {
  const wide = bytes[iref.start] !== 0;
  const id = (at: number): number => (wide ? bytes.readUInt32BE(at) : bytes.readUInt16BE(at));
  const dimg = boxes(bytes, iref.start + 4, iref.end).find(({ type, start }) => type === 'dimg' && id(start) === main);
  return dimg && id(dimg.start + (wide ? 6 : 4));
}

/** Numbers (from 1) of an item's properties: ItemPropertyAssociationBox (ISO 23008-12, 9.3.1). */
function propertiesOf(bytes: Buffer, ipma: Box, item: number): number[] {
  const wideItem = bytes[ipma.start] !== 0;
  const wideNumber = ((bytes[ipma.start + 3] ?? 0) & 1) === 1;
  let at = ipma.start + 8;
  for (let left = bytes.readUInt32BE(ipma.start + 4); left > 0 && at < ipma.end; left -= 1) {
    const id = wideItem ? bytes.readUInt32BE(at) : bytes.readUInt16BE(at);
    at += wideItem ? 4 : 2;
    const count = bytes.readUInt8(at);
    at += 1;
    const numbers = Array.from({ length: count }, (_, nth) =>
      wideNumber ? bytes.readUInt16BE(at + 2 * nth) & 0x7fff : bytes.readUInt8(at + nth) & 0x7f,
    );
    if (id === item) return numbers;
    at += count * (wideNumber ? 2 : 1);
  }
  return [];
}
