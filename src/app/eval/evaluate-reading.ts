import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EasyflipError } from '../../core/errors.ts';
import type { ItemId } from '../../core/item.ts';
import { microUsdToUsd } from '../../core/money.ts';
import type { Call, PhotoText, PhotoView } from '../../core/ports/index.ts';
import { preparePhoto } from '../../imaging/prepare-photo.ts';
import { probePhoto } from '../../imaging/probe-photo.ts';
import { mapLimited } from '../../intake/map-limited.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { ReadFile, ReadingRun } from '../../report/eval-view.ts';
import { photoViews } from '../../stages/photo-views.ts';
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
  const pictureFolder = await mkdtemp(join(tmpdir(), 'easyflip-eval-'));
  const itemId = 'READING' as ItemId;
  const call: Call = { signal: control.hard, priority: 0, itemId };
  try {
    let done = 0;
    const files = await mapLimited(expected, AT_ONCE, control.soft, async (one) => {
      const started = performance.now();
      const views = await viewsOf(app, join(folder, one.file), pictureFolder, call.signal);
      const barcodes = await analysis.barcodeReader.readBarcodes(views, call);
      const first = await analysis.textReader.readText(views, call);
      const [text] = await readAgain(views, first, analysis.secondReader, call);
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
    await rm(pictureFolder, { recursive: true, force: true });
  }
}

/** The photo as a run would see it, prepared like any other. */
async function viewsOf(app: App, path: string, pictureFolder: string, signal: AbortSignal): Promise<readonly PhotoView[]> {
  const { photos } = app.settings;
  const probed = await probePhoto(path, photos);
  if ('refused' in probed)
    throw new EasyflipError(probed.refused.code, `${path}: ${probed.refused.message}`, { hint: probed.refused.hint });
  const prepared = await preparePhoto(probed.photo, pictureFolder, photos, signal);
  return photoViews({ photos: [prepared] }, { item: { photos: [probed.photo] }, ports: { pictureFolder } });
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
