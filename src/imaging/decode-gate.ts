import { availableParallelism } from 'node:os';
import { Gate } from '../core/gate.ts';

/** One more than the cores keeps them busy while a picture is read or written (measured: 3 on 2 cores). */
const SLOTS = availableParallelism() + 1;

/** Two 48-megapixel phone pictures. Formats that cannot be decoded in strips need about 4 bytes for each pixel. */
const PIXELS_AT_ONCE = 100_000_000;

/** All decoding in this process goes through this gate; the weight is the original's pixels. */
export const decodeGate = new Gate(SLOTS, PIXELS_AT_ONCE);
