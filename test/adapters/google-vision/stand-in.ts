import { type KeyObject, verify } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { visionDocument } from './vision-document.ts';

/** A line of words that the stand-in claims to have read; a word may carry its own confidence: `COTTON@0.5`. */
export type Reading = { readonly lines: readonly string[] } | { readonly error: { readonly code: number; readonly message: string } };

export interface AskedPicture {
  readonly jpeg: Buffer;
}

interface Fault {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Google Vision on this machine: POST /v1/images:annotate, with Google's limits, its errors and its answer's shape.
 * What it reads is said by `reads`; faults are used up in order before any answer. Where EASYFLIP_SPECS is set, every
 * request and every answer is held against Google's own document.
 */
export class VisionStandIn {
  readonly requests: { readonly pictures: readonly AskedPicture[]; readonly key: string | undefined; readonly hints: readonly string[] }[] =
    [];
  readonly problems: string[] = [];
  faults: (Fault | 'hang' | 'drop')[] = [];
  reads: (picture: AskedPicture, at: number) => Reading = () => ({ lines: ['100% COTTON'] });
  apiKey = 'vision-key-of-the-test';
  /** Whose tokens are taken: a service account signs them itself (RFC 7523), and Google's token server is not asked. */
  serviceAccount: { readonly email: string; readonly publicKey: KeyObject } | undefined;
  /** Claims of the tokens that were taken. */
  readonly claims: Record<string, unknown>[] = [];
  readonly #document = visionDocument();
  readonly #server: Server = createServer((incoming, outgoing) => {
    void incoming.toArray().then((chunks) => {
      const fault = this.faults.shift();
      if (fault === 'hang') return;
      if (fault === 'drop') return void incoming.socket.destroy();
      const { status, body, headers } = fault ?? this.#answer(incoming.method, incoming.url, incoming.headers, Buffer.concat(chunks));
      outgoing.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
      outgoing.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
    });
  });

  static async open(): Promise<VisionStandIn> {
    const one = new VisionStandIn();
    await new Promise<void>((done) => one.#server.listen(0, '127.0.0.1', done));
    return one;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }

  /** A token of the service account, signed by its key, for this API and now. */
  #knows(token: string): boolean {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const account = this.serviceAccount;
    if (!account || !verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), account.publicKey, Buffer.from(signature, 'base64url')))
      return false;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    this.claims.push(claims);
    const now = Date.now() / 1000;
    return claims.iss === account.email && Number(claims.iat) <= now + 60 && Number(claims.exp) > now;
  }

  #answer(method: string | undefined, url: string | undefined, headers: NodeJS.Dict<string | string[]>, raw: Buffer): Fault {
    if (method !== 'POST' || !url?.startsWith('/v1/images:annotate')) return failure(404, 'NOT_FOUND', 'Method not found.');
    if (raw.length > 10 * 1024 * 1024) return failure(400, 'INVALID_ARGUMENT', 'Request payload size exceeds the limit: 10485760 bytes.');
    if (headers.connection !== 'close') this.problems.push('a request leaves its line open for the next one');
    const key = headers['x-goog-api-key']?.toString();
    const bearer = /^Bearer (.+)$/.exec(headers.authorization?.toString() ?? '')?.[1];
    if (bearer !== undefined && !this.#knows(bearer)) return failure(401, 'UNAUTHENTICATED', 'Invalid authentication credentials.');
    if (bearer === undefined && key !== this.apiKey)
      return failure(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
      ]);
    const body = JSON.parse(raw.toString()) as {
      requests: { image: { content: string }; features: { type: number | string }[]; imageContext?: { languageHints?: string[] } }[];
    };
    this.problems.push(...(this.#document?.problemsOf('BatchAnnotateImagesRequest', body) ?? []));
    if (body.requests.length > 16) return failure(400, 'INVALID_ARGUMENT', 'Too many images per request.');
    const pictures = body.requests.map(({ image }) => ({ jpeg: Buffer.from(image.content, 'base64') }));
    this.requests.push({ pictures, key, hints: body.requests[0]?.imageContext?.languageHints ?? [] });
    const responses = pictures.map((picture, at) => {
      const reading = this.reads(picture, at);
      return 'error' in reading ? { error: reading.error } : answerOf(reading.lines);
    });
    this.problems.push(...(this.#document?.problemsOf('BatchAnnotateImagesResponse', { responses }) ?? []));
    return { status: 200, body: { responses } };
  }
}

export const failure = (status: number, name: string, message: string, details: readonly unknown[] = []): Fault => ({
  status,
  body: { error: { code: status, message, status: name, details } },
});

/** Zero coordinates are left out, as Google leaves them out. */
const vertex = (x: number, y: number): Record<string, number> => ({ ...(x ? { x } : {}), ...(y ? { y } : {}) });

function answerOf(lines: readonly string[]): Record<string, unknown> {
  if (lines.length === 0) return {};
  const words = lines.flatMap((line, row) => {
    const parts = line.split(' ');
    return parts.map((part, column) => {
      const [text = '', sure = '0.97'] = part.split('@');
      const box = [
        vertex(column * 100, row * 40),
        vertex(column * 100 + 90, row * 40),
        vertex(column * 100 + 90, row * 40 + 30),
        vertex(column * 100, row * 40 + 30),
      ];
      const last = column === parts.length - 1 ? 'LINE_BREAK' : 'SPACE';
      const symbols = [...text].map((sign, at) => ({
        text: sign,
        confidence: Number(sure),
        ...(at === [...text].length - 1 ? { property: { detectedBreak: { type: last } } } : {}),
      }));
      return { confidence: Number(sure), boundingBox: { vertices: box }, symbols };
    });
  });
  const text = `${lines.join('\n').replace(/@[\d.]+/g, '')}\n`;
  const blocks = [{ blockType: 'TEXT', confidence: 0.95, paragraphs: [{ confidence: 0.95, words }] }];
  return {
    textAnnotations: [{ locale: 'en', description: text, boundingPoly: { vertices: [vertex(0, 0), vertex(900, 900)] } }],
    fullTextAnnotation: { text, pages: [{ width: 1000, height: 800, confidence: 0.95, blocks }] },
  };
}
