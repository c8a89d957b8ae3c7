import type { Barcode, PhotoText, PhotoView } from '../core/ports/index.ts';
import { lookForWriting } from '../imaging/look-for-writing.ts';
import { defineStage, type StageContext } from '../pipeline/stage.ts';
import { photoViews } from './photo-views.ts';
import { prepare } from './prepare.ts';
import { readAgain } from './read/read-again.ts';
import { decidingFacts, sellerSaysAll } from './seller-says-all.ts';

export interface Read {
  readonly barcodes: readonly Barcode[];
  readonly texts: readonly PhotoText[];
  /** Why nothing was read for facts, where that was on purpose; texts are then there only to be checked. */
  readonly skipped?: string;
}

export const read = defineStage({
  name: 'read',
  version: 3,
  needs: { prepare },
  uses: ({ item, settings }) => ({
    language: settings.analysis.ocrLanguage,
    seller: decidingFacts(item.seller),
    ...(settings.analysis.provider === 'google-vision' && { reader: 'google-vision' }),
  }),

  async run({ prepare: prepared }, context): Promise<Read> {
    const { ports, call } = context;
    const views = photoViews(prepared, context);
    if (await sellerSaysAll(context)) {
      const texts = await Promise.all(views.map((view) => readIfWritten(view, context)));
      return { barcodes: [], texts: texts.flat(), skipped: 'the seller gave every fact that is needed' };
    }
    // One call per photo: each waits its turn, so that one item with many photos does not hold up the others.
    const each = await Promise.all(
      views.map((view) =>
        ports.outgoing.run({ service: 'ocr', operation: 'ocr.read' }, call, async ({ signal }) => ({
          barcodes: await ports.barcodeReader.readBarcodes([view], { ...call, signal }),
          texts: await ports.textReader.readText([view], { ...call, signal }),
        })),
      ),
    );
    const texts = each.flatMap((one) => one.texts);
    return { barcodes: each.flatMap(({ barcodes }) => barcodes), texts: await readAgain(views, texts, ports.secondReader, call) };
  },
});

/**
 * Nothing has to be read for facts, but what a photo gives away must still be found: a phone number goes to buyers all the
 * same. Reading takes seconds of CPU, so a look of milliseconds decides whether there is anything to read. Never a paid reader.
 */
async function readIfWritten(view: PhotoView, { ports, call }: StageContext): Promise<readonly PhotoText[]> {
  if ((await lookForWriting(view.picturePath, call.signal)) !== 'likely') return [];
  return ports.outgoing.run({ service: 'ocr', operation: 'ocr.read' }, call, ({ signal }) =>
    ports.textReader.readText([view], { ...call, signal }),
  );
}
