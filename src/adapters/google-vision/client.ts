import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import { badReply, keyFileError, translateFailure } from './errors.ts';

export interface VisionClientOptions {
  readonly apiKey?: string;
  /** Path of a service account's key file. */
  readonly keyFile?: string;
  /** Another address than Google's, without a slash at its end: https, or http on this machine. */
  readonly endpoint?: string;
}

/** One picture's answer: what Vision read, or why it could not. */
export interface PictureAnswer {
  readonly annotation: Annotation | null;
  readonly error: { readonly code: number; readonly message: string } | null;
}

/** The parts of `TextAnnotation` that are used here; unset numbers are 0, unset messages null. */
export interface Annotation {
  readonly pages: readonly {
    readonly width: number;
    readonly height: number;
    readonly blocks: readonly { readonly paragraphs: readonly { readonly words: readonly WireWord[] }[] }[];
  }[];
}

export interface WireWord {
  readonly confidence: number;
  readonly boundingBox: { readonly vertices: readonly { readonly x: number; readonly y: number }[] } | null;
  readonly symbols: readonly {
    readonly text: string;
    readonly property: { readonly detectedBreak: { readonly type: string | number } | null } | null;
  }[];
}

export interface VisionClient {
  /**
   * One request for up to 16 JPEG pictures, answered in order. Repeating it costs again. `languageHints` are BCP-47
   * codes. Errors: `provider.*`, already translated; the signal's reason.
   */
  readText(pictures: readonly Buffer[], languageHints: readonly string[], signal: AbortSignal): Promise<readonly PictureAnswer[]>;
}

/** The Outgoing port ends an attempt by its signal; this only catches a client that was left alone. */
const LAST_RESORT_TIMEOUT_MS = 180_000;

const ANSWER_MAX_BYTES = 64 * 1024 * 1024;

/** Google's own client over REST, loaded with the first request. It repeats nothing by itself. */
export function createVisionClient(options: VisionClientOptions): VisionClient {
  const attemptSignal = new AsyncLocalStorage<AbortSignal>();
  let loading: ReturnType<typeof load> | undefined;
  return {
    async readText(pictures, languageHints, signal) {
      signal.throwIfAborted();
      loading ??= load(options, attemptSignal);
      const client = await loading.catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      const requests = pictures.map((content) => ({
        image: { content },
        features: [{ type: 'TEXT_DETECTION' as const }],
        ...(languageHints.length === 0 ? {} : { imageContext: { languageHints: [...languageHints] } }),
      }));
      try {
        const [answer] = await attemptSignal.run(signal, () => client.batchAnnotateImages({ requests }, CALL));
        const answers = (answer.responses ?? []) as unknown as readonly WireAnswer[];
        if (answers.length !== pictures.length) throw badReply();
        return answers.map(({ fullTextAnnotation, error }) => ({ annotation: fullTextAnnotation, error }));
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw translateFailure(error);
      }
    },
  };
}

interface WireAnswer {
  readonly fullTextAnnotation: Annotation | null;
  readonly error: { readonly code: number; readonly message: string } | null;
}

const CALL = { timeout: LAST_RESORT_TIMEOUT_MS, retry: { retryCodes: [] as number[] } } as never;

async function load({ apiKey, keyFile, endpoint }: VisionClientOptions, attemptSignal: AsyncLocalStorage<AbortSignal>) {
  if (!apiKey) await checkKeyFile(keyFile ?? '');
  const { ImageAnnotatorClient } = await import('@google-cloud/vision');
  const client = new ImageAnnotatorClient({
    fallback: true,
    ...(apiKey ? { apiKey } : { keyFilename: keyFile ?? '' }),
    ...(endpoint ? address(new URL(endpoint)) : {}),
  });
  // The client takes no signal: the attempt's travels beside the call and joins the client's own at the last moment.
  const { auth } = client as unknown as {
    readonly auth: { fetch: (url: unknown, init: RequestInit & { readonly maxContentLength?: number }) => Promise<unknown> };
  };
  const send = auth.fetch.bind(auth);
  auth.fetch = (url, init) => {
    const signals = [attemptSignal.getStore(), init.signal].filter((signal) => signal instanceof AbortSignal);
    // A redirect would take key and pictures to another host; an answer without end would take the memory.
    // And on a line that is used again, an answer that comes late or twice would pass for that about other pictures.
    const headers = new Headers(init.headers);
    headers.set('connection', 'close');
    return send(url, { ...init, headers, redirect: 'error', signal: AbortSignal.any(signals), maxContentLength: ANSWER_MAX_BYTES });
  };
  return client;
}

/** The client would throw from nowhere. Errors: `provider.auth`. */
async function checkKeyFile(path: string): Promise<void> {
  try {
    const key: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof key === 'object' && key !== null && 'type' in key) return;
  } catch {
    // Whatever it holds must not be shown.
  }
  throw keyFileError();
}

/** The client knows a host and a port, but no path. */
function address({ protocol, hostname, port }: URL): { readonly apiEndpoint: string; readonly port: number; readonly protocol: string } {
  return { apiEndpoint: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443), protocol: protocol.slice(0, -1) };
}
