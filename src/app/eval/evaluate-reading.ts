import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { EasyflipError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { ItemId, PhotoHash } from '../../core/item.ts';
import { microUsdToUsd } from '../../core/money.ts';
import type { Call, PhotoText, PhotoView } from '../../core/ports/index.ts';
import { probePhoto } from '../../imaging/probe-photo.ts';
import { mapLimited } from '../../intake/map-limited.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { ReadFile, ReadingRun } from '../../report/eval-view.ts';
import { readAgain } from '../../stages/read/read-again.ts';
import type { App } from '../app.ts';
import { wireAnalysis } from '../wire-run.ts';
import { type ExpectedFile, expectedFiles } from './expected.ts';
import { measureCost } from './measure-cost.ts';
import { recallOf } from './recall-text.ts';

const AT_ONCE = 2;
const ORDER = ['easy', 'hard', 'trap', 'none', 'unknown'];

/**
 * Text and codes that are read on the photos in DIR/expected.json, compared with what is printed on them.
 * Errors: `usage.invalid`, `photo.*`, and what the second reader throws, where one is set up.
 */
export async function evaluateReading(
  app: App,
  directory: string,
  { control, onFile }: { readonly control: RunControl; readonly onFile: (done: number, all: number, file: ReadFile) => void },
): Promise<ReadingRun> {
  const folder = resolve(directory);
  const expected = await expectedFiles(folder);
  const analysis = await wireAnalysis(app, { runId: randomUUID(), emit: () => undefined }, measureCost);
  const itemId = 'READING' as ItemId;
  const call: Call = { signal: control.hard, priority: 0, itemId };
  try {
    let done = 0;
    const files = await mapLimited(expected, AT_ONCE, control.soft, async (one) => {
      const started = performance.now();
      const view = await viewOf(app, join(folder, one.file));
      const barcodes = await analysis.barcodeReader.readBarcodes([view], call);
      const first = await analysis.textReader.readText([view], call);
      const [text] = await readAgain([view], first, analysis.secondReader, call);
      const codes = barcodes.map(({ text: value, gtin14 }) => gtin14 ?? value);
      const file = compare(one, text, codes, Math.round(performance.now() - started) / 1000);
      done += 1;
      onFile(done, expected.length, file);
      return file;
    });
    const reader = [analysis.textReader.name, analysis.secondReader?.name].filter(Boolean).join(', then ');
    return {
      ...addUp(files),
      folder,
      reader,
      at: new Date(app.clock.now()).toISOString(),
      files,
      costUsd: microUsdToUsd(analysis.costOf(itemId)),
    };
  } finally {
    await analysis.close();
  }
}

/** The original stands for the prepared pictures too: reading turns it upright by itself. */
async function viewOf(app: App, path: string): Promise<PhotoView> {
  const { maxPixels, maxFileBytes } = app.settings.photos;
  const probed = await probePhoto(path, { maxPixels, maxFileBytes });
  if ('refused' in probed)
    throw new EasyflipError(probed.refused.code, `${path}: ${probed.refused.message}`, { hint: probed.refused.hint });
  const { width, height } = probed.photo;
  return {
    number: 1,
    sha256: sha256(path) as PhotoHash,
    originalPath: path,
    picturePath: path,
    modelPath: path,
    width,
    height,
    colors: [],
  };
}

function compare(
  { file, visibleText, unreadable, barcodes, readability }: ExpectedFile,
  text: PhotoText | undefined,
  codes: readonly string[],
  seconds: number,
): ReadFile {
  const lines = text?.lines.map((line) => line.text) ?? [];
  const printed = barcodes?.map(({ value, gtin14, isProductCode }) => (isProductCode ? (gtin14 ?? value) : value));
  return {
    file,
    seconds,
    text: visibleText && visibleText.length > 0 ? recallOf(visibleText, lines) : null,
    codes: printed ? { readability, printed, read: codes, wrong: codes.filter((code) => !printed.includes(code)) } : null,
    claimsUnreadable: unreadable && text?.unreadable === false && lines.length > 0,
  };
}

/** Totals over the files. Pure. */
export function addUp(files: readonly ReadFile[]): Pick<ReadingRun, 'text' | 'codes' | 'medianSeconds'> {
  const texts = files.flatMap(({ text }) => (text ? [text] : []));
  const signs = texts.reduce((sum, { expected }) => sum + expected, 0);
  const codes = files.flatMap((file) => (file.codes ? [file.codes] : []));
  const kinds = ORDER.filter((kind) => codes.some(({ readability }) => readability === kind));
  const seconds = files.map((file) => file.seconds).toSorted((a, b) => a - b);
  return {
    text: { files: texts.length, characterRecall: signs === 0 ? null : texts.reduce((sum, { read }) => sum + read, 0) / signs },
    codes: kinds.map((readability) => {
      const some = codes.filter((one) => one.readability === readability);
      return {
        readability,
        files: some.length,
        hit: some.filter(({ printed, read }) => printed.every((code) => read.includes(code))).length,
        wrong: some.filter(({ wrong }) => wrong.length > 0).length,
      };
    }),
    medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
  };
}
