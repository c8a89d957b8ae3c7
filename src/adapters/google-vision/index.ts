import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { isEasyflipError } from '../../core/errors.ts';
import type { PhotoText, PhotoView, SecondReader, TextLine } from '../../core/ports/analysis.ts';
import type { JournalStore } from '../../core/ports/index.ts';
import type { Call, Outgoing } from '../../core/ports/outgoing.ts';
import { createBatcher } from '../../resilience/batch.ts';
import { once } from '../../resilience/journaled.ts';
import { createVisionClient, type PictureAnswer, type VisionClient } from './client.ts';
import { cutLabels, type LabelCut } from './cut-labels.ts';
import { badReply, pictureError } from './errors.ts';
import { linesOf } from './read-annotation.ts';

export { createVisionClient };

export interface VisionReaderOptions {
  readonly client: VisionClient;
  readonly outgoing: Outgoing;
  readonly journal: JournalStore;
  readonly clock: Clock;
  /** US dollars for a thousand pictures, from the settings. */
  readonly usdPerThousand: number;
  /** tesseract's name of the language, such as `eng` or `deu+fra`. */
  readonly ocrLanguage: string;
  /** Every photo with writing, not only where the local reading is in doubt. */
  readonly readsAll: boolean;
}

/** Raise it when the same picture should be read anew: request or reading of the answer changed. */
const VERSION = 1;
/** Vision's limits are 16 pictures and 10 MB of JSON in a request; base64 makes a third more of each byte. */
const MOST_PICTURES = 16;
const MOST_BYTES = 7_000_000;
/** Pictures that are asked for together arrive a moment apart: each is looked up in the journal first. */
const LINGER_MS = 150;
/** google.rpc.Code INVALID_ARGUMENT: Vision cannot make anything of this picture, today or tomorrow. */
const UNUSABLE_PICTURE = 3;

interface Asked {
  readonly cut: LabelCut;
  readonly call: Call;
}

/** What is kept of an answer: plain JSON. */
interface Kept {
  readonly lines: readonly TextLine[];
}

/**
 * Reads labels with Google Cloud Vision. Only cut-outs without metadata leave this machine. Each picture is paid once:
 * its answer is kept by content, also when others in the same request failed.
 * Errors: `provider.*`, `breaker.open`, `budget.*`, `photo.damaged`; the signal's reason.
 */
export function createVisionReader(options: VisionReaderOptions): SecondReader {
  const { client, outgoing, journal, clock, usdPerThousand, ocrLanguage, readsAll } = options;
  const hints = languageHints(ocrLanguage);
  const microUsd = Math.ceil(usdPerThousand * 1000);

  const request = async (some: readonly Asked[], signal: AbortSignal): Promise<readonly (Kept | Error)[]> => {
    const priority = Math.max(...some.map(({ call }) => call.priority));
    const itemId = some[0]?.call.itemId;
    const call: Call = { signal, priority, ...(itemId === undefined ? {} : { itemId }) };
    const worstCaseMicroUsd = microUsd * some.length;
    const pictures = some.map(({ cut }) => cut.jpeg);
    try {
      return await outgoing.run({ service: 'vision', operation: 'vision.readText', worstCaseMicroUsd }, call, async (attempt) => {
        const answers = await client.readText(pictures, hints, attempt.signal);
        // Google bills what it read; a picture that it refused is counted too, to be on the safe side.
        attempt.settle(worstCaseMicroUsd);
        return answers.map(keptOf);
      });
    } catch (error) {
      if (!isEasyflipError(error)) throw error;
      return some.map(() => error);
    }
  };

  /** A request serves one item, so that the ledger knows whose money it was. */
  const send = async (asked: readonly Asked[], signal: AbortSignal): Promise<readonly (Kept | Error)[]> => {
    const answers = new Map<Asked, Kept | Error>();
    await Promise.all(
      requestsOf(asked).map(async (some) => {
        const read = await request(some, signal);
        for (const [at, one] of some.entries()) answers.set(one, read[at] ?? badReply());
      }),
    );
    return asked.map((one) => answers.get(one) ?? badReply());
  };

  const batcher = createBatcher<Asked, Kept>({ max: MOST_PICTURES, lingerMs: LINGER_MS, clock, run: send });

  const readCut = (cut: LabelCut, call: Call): Promise<Kept> => {
    const key = `vision:${VERSION}:${hints.join('+')}:${createHash('sha256').update(cut.jpeg).digest('hex')}`;
    return once(journal, { key, scope: 'vision', signal: call.signal }, () => batcher.add({ cut, call }, call.signal));
  };

  return {
    name: 'google-vision',
    wants: ({ unreadable, lines, places = [] }) => unreadable || (readsAll && (lines.length > 0 || places.length > 0)),
    async readText(photos, texts, call) {
      // All is cut before anything is asked, so that the pictures of an item share a request.
      const cuts = await Promise.all(
        photos.map((photo) => cutLabels(photo, texts.find((text) => text.photo === photo.number)?.places ?? [], call.signal)),
      );
      return Promise.all(
        photos.map(async (photo, at) =>
          joined(photo, cuts[at] ?? [], await Promise.all((cuts[at] ?? []).map((cut) => readCut(cut, call)))),
        ),
      );
    },
  };
}

function keptOf({ annotation, error }: PictureAnswer): Kept | Error {
  if (error && error.code !== 0 && error.code !== UNUSABLE_PICTURE) return pictureError(error.code);
  return { lines: annotation ? linesOf(annotation) : [] };
}

/** Pictures of one item, and as many as one request takes, in order. */
function requestsOf(asked: readonly Asked[]): readonly (readonly Asked[])[] {
  const requests: Asked[][] = [];
  for (const one of asked) {
    const fits = requests.find(
      (some) =>
        some[0]?.call.itemId === one.call.itemId && some.reduce((sum, { cut }) => sum + cut.jpeg.length, one.cut.jpeg.length) <= MOST_BYTES,
    );
    if (fits) fits.push(one);
    else requests.push([one]);
  }
  return requests;
}

const SURE = 0.7;

/** Lines of all cut-outs of a photo; heights in shares of the photo again. */
function joined({ number }: PhotoView, cuts: readonly LabelCut[], read: readonly Kept[]): PhotoText {
  const lines = read.flatMap(({ lines }, at) => lines.map((line) => ({ ...line, height: line.height * (cuts[at]?.share ?? 1) })));
  const sure = lines.some(({ words }) => words.some(({ text, confidence }) => confidence >= SURE && text.length >= 2));
  return { photo: number, lines: lines.map((line, at) => ({ ...line, top: at / Math.max(lines.length, 1) })), unreadable: !sure };
}

/** What Vision calls the languages that tesseract names otherwise. Latin scripts need no hint, and a wrong one harms. */
const HINTS: Readonly<Record<string, string>> = {
  rus: 'ru',
  ukr: 'uk',
  bul: 'bg',
  ell: 'el',
  jpn: 'ja',
  kor: 'ko',
  chi_sim: 'zh',
  ara: 'ar',
  heb: 'iw',
};
const languageHints = (language: string): readonly string[] => language.split('+').flatMap((name) => HINTS[name] ?? []);
