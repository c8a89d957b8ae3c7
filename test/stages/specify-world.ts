import { systemClock } from '../../src/core/clock.ts';
import type { Facts } from '../../src/core/facts.ts';
import type { Category, ListingContent } from '../../src/core/listing.ts';
import type { Describer, Marketplace, PhotoText } from '../../src/core/ports/index.ts';
import type { SellerFacts } from '../../src/core/seller-facts.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Hold, StageContext } from '../../src/pipeline/stage.ts';
import { type Specified, specify } from '../../src/stages/specify.ts';
import { call } from '../adapters/ebay/support.ts';
import { item } from '../store/support/samples.ts';
import { defaultSettings } from '../support/settings.ts';

export interface Sheet {
  readonly category: Pick<Category, 'id' | 'name'> & Partial<Category>;
  readonly facts?: Facts;
  readonly seller?: SellerFacts;
  readonly texts?: readonly PhotoText[];
  readonly lookAgain?: NonNullable<Describer['lookAgain']>;
  readonly listing?: Partial<Settings['listing']>;
}

/** The stage as the runner runs it, with what earlier stages would have handed on. */
export async function specified(marketplace: Marketplace, sheet: Sheet): Promise<Specified | Hold> {
  const settings = defaultSettings(marketplace.site.id);
  const context = {
    item: item('thing', { seller: sheet.seller ?? {}, nameWords: ['plain', 'thing'] }),
    settings: { ...settings, listing: { ...settings.listing, ...sheet.listing } },
    ports: {
      marketplace,
      clock: systemClock,
      pictureFolder: '/nowhere',
      describer: {
        name: 'stand-in',
        describe: () => Promise.reject(new Error('not asked')),
        ...(sheet.lookAgain ? { lookAgain: sheet.lookAgain } : {}),
      },
    },
    call: call(),
  } as unknown as StageContext;
  const picture = { name: 'p', width: 10, height: 10 };
  const photo = {
    source: 'a'.repeat(64),
    picture,
    whole: picture,
    model: { name: 'm' },
    look: '0123456789abcdef',
    colors: [],
  };
  const inputs = {
    prepare: { photos: [photo, photo], dropped: [] },
    read: { barcodes: [], texts: sheet.texts ?? [] },
    draft: { provider: 'stand-in', facts: sheet.facts ?? {}, unknowns: {}, categoryQueries: [] },
    classify: { category: { ancestors: [], ...sheet.category }, confidence: 1, why: '', runnersUp: [] },
  };
  return await specify.run(inputs as unknown as Parameters<typeof specify.run>[0], context);
}

/** Its part of a listing's content. */
export const contentOf = ({ title, description, categoryId, aspects, condition, identifiers }: Specified): Partial<ListingContent> => ({
  title,
  description,
  categoryId,
  aspects: Object.fromEntries(Object.entries(aspects).map(([name, { values }]) => [name, values])),
  identifiers,
  ...(condition
    ? {
        condition: {
          id: condition.id,
          word: condition.word,
          ...(condition.note ? { note: condition.note } : {}),
          ...(condition.descriptors ? { descriptors: condition.descriptors } : {}),
        },
      }
    : {}),
});
