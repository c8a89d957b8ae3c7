import type { Barcode, PhotoText } from '../core/ports/index.ts';
import { defineStage } from '../pipeline/stage.ts';
import { photoViews } from './photo-views.ts';
import { prepare } from './prepare.ts';
import { readAgain } from './read/read-again.ts';
import { decidingFacts, sellerSaysAll } from './seller-says-all.ts';

export interface Read {
  readonly barcodes: readonly Barcode[];
  readonly texts: readonly PhotoText[];
  /** Why nothing was read, where that was on purpose. */
  readonly skipped?: string;
}

export const read = defineStage({
  name: 'read',
  version: 2,
  needs: { prepare },
  uses: ({ item, settings }) => ({
    language: settings.analysis.ocrLanguage,
    seller: decidingFacts(item.seller),
    ...(settings.analysis.provider === 'google-vision' && { reader: 'google-vision' }),
  }),

  async run({ prepare: prepared }, context): Promise<Read> {
    if (await sellerSaysAll(context)) return { barcodes: [], texts: [], skipped: 'the seller gave every fact that is needed' };
    const { ports, call } = context;
    const views = photoViews(prepared, context);
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
