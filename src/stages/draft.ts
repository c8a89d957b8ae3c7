import type { Reason } from '../core/errors.ts';
import { type FactName, factsOfSeller } from '../core/facts.ts';
import type { Description, PhotoProblem } from '../core/ports/index.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import { defineStage } from '../pipeline/stage.ts';
import { isForOutage } from './draft/stand-in.ts';
import { withoutObeyed, withoutOrders } from './draft/without-orders.ts';
import { photoViews } from './photo-views.ts';
import { prepare } from './prepare.ts';
import { read } from './read.ts';
import { LEFT_OUT, leftOutFacts } from './specify/left-out.ts';

export const draft = defineStage({
  name: 'draft',
  version: 3,
  needs: { prepare, read },
  finishOnStop: true,
  uses: ({ item, settings }) => ({
    provider: settings.analysis.provider,
    model: settings.analysis.model,
    fallback: settings.analysis.fallback,
    looks: [settings.analysis.picturesPerCall, settings.analysis.secondLook],
    nameWords: item.nameWords,
    seller: whatDescribing(item.seller),
  }),
  // The seller's yes keeps what was shown.
  stillValid: (described: Description, { decision }) => decision?.kind === 'approve' || !isForOutage(described),

  async run({ prepare: prepared, read: { barcodes, texts, skipped } }, context): Promise<Description> {
    const { item, ports, call, emit } = context;
    // The private note never reaches a provider, which may be on another machine.
    const { privateNote: _private, ...seller } = item.seller;
    if (skipped) return withSellerFacts({ provider: 'seller', facts: {}, unknowns: {}, categoryQueries: [] }, seller);
    const views = photoViews(prepared, context);
    const { photos, texts: clean, problems } = withoutOrders(views, texts);
    for (const { photo, note } of problems) {
      const path = views.find(({ number }) => number === photo)?.originalPath;
      if (path) emit({ type: 'file.warned', path, item: item.id, reason: untrusted(photo, note) });
    }
    const described = await ports.describer.describe({ photos, texts: clean, barcodes, nameWords: item.nameWords, seller }, call);
    return withSellerFacts(withProblems(withoutObeyed(described, texts, { problems }), problems), seller);
  },
});

const untrusted = (photo: number, note: string): Reason => ({
  code: 'photo.untrusted-text',
  message: `Photo ${photo} carries writing that wants something of its reader: "${note}". It is taken for nothing but writing.`,
  hint: 'Leave that photo out if it is no part of the item; eBay does not allow addresses and phone numbers in pictures.',
});

const withProblems = (described: Description, read: readonly PhotoProblem[]): Description =>
  read.length === 0 ? described : { ...described, problems: [...read, ...(described.problems ?? [])] };

/** What the seller says always wins and is never dropped, whatever a provider made of it; what the seller left out stays out. */
function withSellerFacts(described: Description, seller: SellerFacts): Description {
  const said = factsOfSeller(seller);
  const out = new Set(leftOutFacts(seller));
  const facts = Object.fromEntries(Object.entries(described.facts).filter(([name]) => !out.has(name as FactName)));
  const unknowns = Object.fromEntries(Object.entries(described.unknowns).filter(([name]) => !(name in said)));
  return {
    ...described,
    facts: { ...facts, ...said },
    unknowns: { ...unknowns, ...Object.fromEntries([...out].map((name) => [name, { why: LEFT_OUT }])) },
  };
}

/**
 * What of the seller's word a description depends on. Words, price and parcel of the listing are not among it: a new title
 * looks at no photo again.
 */
const whatDescribing = (seller: SellerFacts): unknown => ({
  said: factsOfSeller(seller),
  category: seller.category,
  note: seller.note,
  leftOut: seller.leaveOut,
});
