import { crc32, deflateSync } from 'node:zlib';

/** Signature (8 bytes) and the IHDR chunk, which is always the first and always this long. */
const HEADER_BYTES = 33;

/**
 * A PNG with a colour profile laid in (iCCP chunk, PNG 11.3.2.3). sharp can convert into a profile, but has no way to say
 * which one raw pixels already are in.
 */
export function pngWithProfile(png: Buffer, icc: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPicc\0\0', 'latin1'), deflateSync(icc)]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, HEADER_BYTES), chunk, png.subarray(HEADER_BYTES)]);
}
