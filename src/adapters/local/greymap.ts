import type { Grey } from '../../imaging/read-pixels.ts';

/** A portable greymap (netpbm.sourceforge.net/doc/pgm.html), which both engines read: nothing to pack and unpack. */
export const greymap = ({ data, width, height }: Grey): Buffer => Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
