import type { Grey } from '../../imaging/read-pixels.ts';

/** A portable greymap (netpbm.sourceforge.net/doc/pgm.html), which both engines read: nothing to pack and unpack. Its bytes are in no other buffer. */
export function greymap({ data, width, height }: Grey): Buffer<ArrayBuffer> {
  const head = Buffer.from(`P5\n${width} ${height}\n255\n`);
  const map = Buffer.from(new ArrayBuffer(head.length + data.length));
  map.set(head);
  map.set(data, head.length);
  return map;
}
