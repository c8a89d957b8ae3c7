import type { Worker as Thread } from 'node:worker_threads';
import type { Bbox, Page, PSM, Word, Worker } from 'tesseract.js';
import { EasyflipError } from '../../core/errors.ts';
import { Gate } from '../../core/gate.ts';
import type { Grey } from '../../imaging/read-pixels.ts';
import { greymap } from './greymap.ts';
import { openLanguages } from './ocr-languages.ts';

/**
 * How tesseract looks: `sparse` finds scattered words on product photos; `uneven` does too, with a threshold for each
 * spot (Sauvola) instead of one for all, which finds print on gradients, shadows and plaid; `block` reads a cut-out
 * label line by line.
 */
export type PageMode = 'sparse' | 'uneven' | 'block';
const PAGE_MODES: Readonly<Record<PageMode, { readonly page: string; readonly threshold: string }>> = {
  sparse: { page: '11', threshold: '0' },
  uneven: { page: '11', threshold: '2' },
  block: { page: '6', threshold: '0' },
};

/** The engine measures gaps in inches. Of photos nobody knows any; with 70 or 200 it finds fewer small labels. */
const DPI = '72';

/** A word in the pixels of the picture that was read. */
export interface ReadWord {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface OcrWorkers {
  /** Errors: `config.invalid` (no data for the language), `provider.unavailable` (retryable); the signal's reason. */
  recognise(picture: Grey, mode: PageMode, signal: AbortSignal): Promise<readonly ReadWord[]>;
  /** Ends the threads, so that the process can exit. A later call starts new ones. May be repeated. */
  close(): Promise<void>;
}

interface Slot {
  readonly worker: Worker;
  mode: PageMode | undefined;
}

/**
 * At most `size` tesseract threads, each started when it is first needed and used for one picture at a time.
 * No network: program and language data come from the installed packages, nothing is cached on disk.
 */
export function createOcrWorkers(language: string, size: number): OcrWorkers {
  const idle: Slot[] = [];
  const all = new Set<Slot>();
  const gate = new Gate(Math.max(1, size));

  const discard = async (slot: Slot): Promise<void> => {
    all.delete(slot);
    const at = idle.indexOf(slot);
    if (at >= 0) idle.splice(at, 1);
    await slot.worker.terminate();
  };

  return {
    recognise: (picture, mode, signal) =>
      gate.run(1, signal, async () => {
        let slot: Slot | undefined;
        try {
          slot = idle.pop();
          if (!slot) {
            slot = { worker: await startWorker(language), mode: undefined };
            all.add(slot);
          }
          const words = await readWords(slot, picture, mode);
          if (all.has(slot)) idle.push(slot);
          return words;
        } catch (error) {
          // A thread that failed once may hold a broken picture: the next call gets a fresh one.
          if (slot) await discard(slot);
          if (error instanceof EasyflipError) throw error;
          throw unavailable();
        }
      }),
    async close() {
      await Promise.all([...all].map(discard));
    },
  };
}

async function readWords(slot: Slot, picture: Grey, mode: PageMode): Promise<readonly ReadWord[]> {
  if (slot.mode !== mode) {
    const { page, threshold } = PAGE_MODES[mode];
    await slot.worker.setParameters({ tessedit_pageseg_mode: page as PSM, thresholding_method: threshold, user_defined_dpi: DPI });
    slot.mode = mode;
  }
  // A thread that was ended from outside never answers: its end must end the call too.
  const ended = whenEnded(slot.worker);
  try {
    const { data } = await Promise.race([slot.worker.recognize(greymap(picture), {}, { text: false, blocks: true }), ended.promise]);
    return wordsOf(data);
  } finally {
    ended.forget();
  }
}

function wordsOf({ blocks }: Page): readonly ReadWord[] {
  const lines = (blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap((paragraph) => paragraph.lines));
  return lines.flatMap(({ words }) => words.flatMap(partsOf));
}

/** Of `SIZE M` the gap is easily missed. `SIZES` is a word of its own. */
const GLUED_SIZE = /^SIZE(?=(?:X{0,3}L|M|X{1,3}S|\d{1,2})$)/i;

/** Where a word is two: the end of the first and the beginning of the second. */
function cutOf(text: string): readonly [number, number] | undefined {
  const slash = text.indexOf('/');
  if (slash >= 2) return [slash, slash + 1];
  return GLUED_SIZE.test(text) ? ['SIZE'.length, 'SIZE'.length] : undefined;
}

/**
 * `COTTON/ХЛОПОК` is two words, and only one of them is in a script that can be read: each gets the
 * confidence of its own letters. Those are rosier than the engine's judgement of a word, hence the ceiling,
 * and what stands behind the slash keeps the word's.
 */
function partsOf(word: Word): readonly ReadWord[] {
  const cut = cutOf(word.text);
  if (!cut || word.symbols.length !== [...word.text].length) return [readWord(word.text, word.confidence, word.bbox)];
  const before = word.symbols.slice(0, cut[0]);
  const after = word.symbols.slice(cut[1]);
  return [before, after]
    .filter(({ length }) => length > 0)
    .map((symbols) => {
      const boxes = symbols.map(({ bbox }) => bbox);
      const letters = symbols.reduce((sum, symbol) => sum + symbol.confidence, 0) / symbols.length;
      const confidence = Math.min(letters, symbols === before ? Math.max(word.confidence, SPLIT_CEILING) : word.confidence);
      return readWord(symbols.map(({ text }) => text).join(''), confidence, {
        x0: Math.min(...boxes.map(({ x0 }) => x0)),
        x1: Math.max(...boxes.map(({ x1 }) => x1)),
        y0: word.bbox.y0,
        y1: word.bbox.y1,
      });
    });
}

/** Enough for words that are checked against a vocabulary, not for unknown names. */
const SPLIT_CEILING = 84;

const readWord = (text: string, percent: number, { x0, x1, y0, y1 }: Bbox): ReadWord => ({
  text,
  confidence: percent / 100,
  left: x0,
  right: x1,
  top: y0,
  bottom: y1,
});

async function startWorker(language: string): Promise<Worker> {
  const languages = await openLanguages(language);
  const { createWorker } = await import('tesseract.js');
  const quiet = (): void => undefined;
  try {
    const options = { langPath: languages.folder, cacheMethod: 'none', gzip: true, errorHandler: quiet, logger: quiet };
    const worker = await createWorker(language, 1, options);
    silence(threadOf(worker));
    return worker;
  } catch {
    throw unavailable();
  } finally {
    await languages.close();
  }
}

/** The package keeps its thread on the worker object, though its types do not say so. */
const threadOf = (worker: Worker): Thread | undefined => (worker as Worker & { readonly worker?: Thread }).worker;

/** Notices such as "Image too small to scale" would tear a progress bar. */
function silence(thread: Thread | undefined): void {
  thread?.stdout.unpipe(process.stdout);
  thread?.stderr.unpipe(process.stderr);
  thread?.stdout.resume();
  thread?.stderr.resume();
}

function whenEnded(worker: Worker): { readonly promise: Promise<never>; readonly forget: () => void } {
  const thread = threadOf(worker);
  let onExit = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    onExit = () => reject(unavailable());
    thread?.once('exit', onExit);
  });
  promise.catch(() => undefined);
  return { promise, forget: () => thread?.removeListener('exit', onExit) };
}

const unavailable = (): EasyflipError =>
  new EasyflipError('provider.unavailable', 'The text recognition on this machine failed.', {
    hint: 'Run again; if it happens every time, reinstall easyflip.',
    retryable: true,
  });
