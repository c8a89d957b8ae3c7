import { availableParallelism } from 'node:os';

interface Waiting {
  readonly pixels: number;
  readonly start: () => void;
}

/** Lets so many decodes run at once, and so many pixels: fifty items in flight must not mean fifty open pictures. */
export class DecodeGate {
  private readonly slots: number;
  private readonly pixelsAtOnce: number;
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private pixels = 0;

  constructor(slots: number, pixelsAtOnce: number) {
    this.slots = slots;
    this.pixelsAtOnce = pixelsAtOnce;
  }

  /**
   * Runs `work` when its turn comes, first come first served. A picture larger than the whole allowance runs alone.
   * Rejects with the signal's reason when aborted while waiting; work that has begun is not interrupted.
   */
  async run<T>(pixels: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    await this.enter(pixels, signal);
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.pixels -= pixels;
      this.letIn();
    }
  }

  private enter(pixels: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(signal?.reason as Error);
        this.letIn();
      };
      const entry: Waiting = {
        pixels,
        start: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(entry);
      this.letIn();
    });
  }

  private letIn(): void {
    for (let next = this.waiting[0]; next && this.hasRoomFor(next.pixels); next = this.waiting[0]) {
      this.waiting.shift();
      this.running += 1;
      this.pixels += next.pixels;
      next.start();
    }
  }

  private hasRoomFor(pixels: number): boolean {
    return this.running === 0 || (this.running < this.slots && this.pixels + pixels <= this.pixelsAtOnce);
  }
}

/** One more than the cores keeps them busy while a picture is read or written (measured: 3 on 2 cores). */
const SLOTS = availableParallelism() + 1;

/** Two 48-megapixel phone pictures. Formats that cannot be decoded in strips need about 4 bytes for each pixel. */
const PIXELS_AT_ONCE = 100_000_000;

/** All decoding in this process goes through this gate. */
export const decodeGate = new DecodeGate(SLOTS, PIXELS_AT_ONCE);
