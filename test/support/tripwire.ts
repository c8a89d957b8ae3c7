import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isWriting } from './world.ts';

export interface PassedCall {
  /** Method, path and a hash of the body: the same call again has the same name. */
  readonly name: string;
  readonly writing: boolean;
  /** When the answer was handed to the program; undefined while it was not. */
  deliveredAt: number | undefined;
}

export interface Trip {
  /** Which writing call, from 1. */
  readonly nth: number;
  readonly side: 'before' | 'after';
}

/**
 * A proxy between easyflip and the practice marketplace that stops the world at the n-th writing call:
 * `before` it leaves, or `after` its work is done and before the answer arrives. From then on nothing
 * passes, so that whatever was answered has had its time to be saved; then it calls `onTrip`.
 */
export class Tripwire {
  readonly calls: PassedCall[] = [];
  tripped = false;
  #trip: Trip | undefined;
  #writes = 0;
  #onTrip: () => void = () => {};
  readonly #server: Server;

  private constructor(target: string) {
    this.#server = createServer((incoming, outgoing) => void this.#pass(new URL(target), incoming, outgoing));
  }

  static async open(target: string): Promise<Tripwire> {
    const wire = new Tripwire(target);
    await new Promise<void>((done) => wire.#server.listen(0, '127.0.0.1', done));
    return wire;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  arm(trip: Trip | undefined, onTrip: () => void): void {
    this.#trip = trip;
    this.#onTrip = onTrip;
    this.#writes = 0;
    this.tripped = false;
    this.calls.length = 0;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }

  async #pass(target: URL, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks = await incoming.toArray().catch(() => undefined);
    // Undefined: the program was killed while it sent; what never arrived whole is not passed on.
    if (this.tripped || chunks === undefined) return;
    const body = Buffer.concat(chunks);
    const path = incoming.url ?? '/';
    const method = incoming.method ?? 'GET';
    const writing = !path.startsWith('/_practice/') && isWriting({ method, path });
    // The boundary of a form is made up anew each time: only what is between counts.
    const boundary = /boundary=(.+)$/.exec(incoming.headers['content-type'] ?? '')?.[1] ?? '\0';
    const content = createHash('sha256').update(body.toString('latin1').replaceAll(boundary, ''), 'latin1').digest('hex');
    const call: PassedCall = { name: `${method} ${path} ${content}`, writing, deliveredAt: undefined };
    this.calls.push(call);
    const here = writing && ++this.#writes === this.#trip?.nth;
    if (here && this.#trip?.side === 'before') return this.#stopTheWorld();

    const onward = request({ host: target.hostname, port: target.port, method, path, headers: incoming.headers }, async (answer) => {
      const answered = await answer.toArray().then(Buffer.concat, () => undefined);
      if (answered === undefined) return void outgoing.destroy();
      if (here) return this.#stopTheWorld();
      if (this.tripped) return;
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.end(answered, () => {
        call.deliveredAt = Date.now();
      });
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  }

  #stopTheWorld(): void {
    this.tripped = true;
    // What was answered before has long been written down by then.
    setTimeout(this.#onTrip, 400);
  }
}
