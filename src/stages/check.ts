import type { Reason } from '../core/errors.ts';
import { hashOf } from '../core/hash.ts';
import type { ListingContent } from '../core/listing.ts';
import type { PhotoIssue } from '../core/photo-issue.ts';
import type { Description } from '../core/ports/index.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import { defineStage, hold, type StageContext } from '../pipeline/stage.ts';
import { contentProblems } from './check/content-problems.ts';
import { estimatedWeight, parcelOf } from './check/parcel.ts';
import { pictureTextIssues } from './check/picture-text-issues.ts';
import { publishMode } from './check/publish-mode.ts';
import { regulatoryFor } from './check/regulatory.ts';
import { restrictedWords } from './check/restricted-words.ts';
import { seenDoubt } from './check/seen-problems.ts';
import { classify } from './classify.ts';
import { draft } from './draft.ts';
import { prepare } from './prepare.ts';
import { price } from './price.ts';
import { read } from './read.ts';
import { specify } from './specify.ts';

/** The listing as it may go live, and the hash that an approval binds to. */
export interface Checked {
  readonly content: ListingContent;
  readonly contentHash: string;
  /** Weight and size come from a profile, not from this parcel. */
  readonly parcelEstimated?: true;
  /** What the writing in the photos gives away or eBay does not allow. */
  readonly photoIssues?: readonly PhotoIssue[];
}

export const check = defineStage({
  name: 'check',
  version: 3,
  needs: { prepare, read, draft, classify, specify, price },
  // Policies and locations may have been made meanwhile, and looks of other items change: asked anew each time.
  retryHold: true,
  uses: ({ item: { seller }, decision, settings }) => ({
    quantity: seller.quantity,
    weight: seller.weight,
    dimensions: seller.dimensions,
    decision: decision && { kind: decision.kind, contentHash: decision.contentHash },
    publish: settings.publish,
    confidence: settings.analysis.confidence,
    restricted: settings.check.restrictedWords,
    listing: settings.listing,
  }),

  async run(
    { prepare: { photos }, read: { texts }, draft: described, classify: { category }, specify: specified, price: priced },
    context,
  ) {
    const { item, settings, ports, call, decision } = context;
    const { seller } = item;
    const { listing } = settings;
    const policies = await ports.marketplace.policies(call);
    const known = parcelOf(seller, category, listing.packageProfiles);
    const needsWeight = !known.packageWeight && (await ports.marketplace.needsPackage(policies, call));
    const guess = needsWeight ? estimatedWeight(described.facts) : undefined;
    const parcel = guess ? { ...known, packageWeight: guess, estimated: true } : known;
    // A start that has passed is no start: the listing goes live at once. eBay's clock counts; it has told its policies just now.
    const startsAt = listing.startAt && Date.parse(listing.startAt) > ports.marketplace.nowMs() ? listing.startAt : undefined;
    const gpsr = regulatoryFor(specified, ports.marketplace.site, listing.regulatory);
    const content: ListingContent = {
      photos: specified.pictureOrder.flatMap((number) => photos[number - 1]?.source ?? []),
      title: specified.title,
      description: specified.description,
      categoryId: category.id,
      aspects: Object.fromEntries(Object.entries(specified.aspects).map(([name, { values }]) => [name, values])),
      ...(specified.condition
        ? {
            condition: {
              id: specified.condition.id,
              word: specified.condition.word,
              ...(specified.condition.note ? { note: specified.condition.note } : {}),
              ...(specified.condition.descriptors ? { descriptors: specified.condition.descriptors } : {}),
            },
          }
        : {}),
      price: priced.price,
      ...(priced.bestOffer ? { bestOffer: priced.bestOffer } : {}),
      quantity: seller.quantity ?? settings.listing.quantity,
      identifiers: specified.identifiers,
      ...(parcel.packageWeight ? { packageWeight: parcel.packageWeight } : {}),
      ...(parcel.packageSize ? { packageSize: parcel.packageSize } : {}),
      policies,
      ...(listing.storeCategories.length > 0 ? { storeCategories: listing.storeCategories } : {}),
      ...(startsAt ? { startsAt } : {}),
      ...(listing.useCatalogText ? { catalogText: true as const } : {}),
      ...(gpsr.kind === 'given' ? { regulatory: gpsr.regulatory } : {}),
    };
    const photoIssues = pictureTextIssues(texts);
    for (const { photo, severity, reason } of photoIssues) {
      const path = item.photos.find(({ sha256 }) => sha256 === photos[photo - 1]?.source)?.path;
      if (severity === 'warn' && path) context.emit({ type: 'file.warned', path, item: item.id, reason });
    }
    const checked: Checked = {
      content,
      contentHash: hashOf(content),
      ...(parcel.estimated ? { parcelEstimated: true as const } : {}),
      ...(photoIssues.length > 0 ? { photoIssues } : {}),
    };
    const approved = decision?.kind === 'approve' && decision.contentHash === checked.contentHash;

    const problems = contentProblems(content, ports.marketplace.limits);
    if (problems.length > 0) {
      return hold(
        {
          code: 'check.failed',
          message: problems.join(' '),
          hint: `Correct it with \`easyflip approve ${item.id} --set NAME=VALUE\` or in the sidecar.`,
        },
        checked,
      );
    }
    if (needsWeight && !guess) {
      return hold(
        {
          code: 'listing.package-missing',
          message: 'Your shipping policy computes the cost from the weight, which is not known.',
          hint: `Say it with \`easyflip approve ${item.id} --set weight=…\`, or set listing.packageProfiles for its category.`,
        },
        checked,
      );
    }
    if (gpsr.kind === 'missing') {
      const hint = 'Put them under listing.regulatory in the settings, by brand or under "*", and run again.';
      return hold({ code: 'listing.regulatory-missing', message: gpsr.message, hint }, checked);
    }
    if (approved) return checked;

    const doubt =
      (await nearDuplicate(
        context,
        photos.map(({ look }) => look),
      )) ??
      photoDoubt(context, photoIssues) ??
      seenDoubt(item, described) ??
      specified.doubt ??
      (guess && weightDoubt(context, guess, described)) ??
      wordDoubt(context, content) ??
      uncertainty(context, specified.weakest) ??
      (await reviewWanted(context));
    return doubt ? hold(doubt, checked) : checked;
  },
});

function photoDoubt({ item }: StageContext, issues: readonly PhotoIssue[]): Reason | undefined {
  const [worst, ...others] = issues.filter(({ severity }) => severity === 'hold').map(({ reason }) => reason);
  if (!worst) return undefined;
  return {
    code: worst.code,
    message: [worst, ...others].map(({ message }) => message).join(' '),
    hint: `Cover it and photograph anew, or leave the photo out; if it may be seen, run \`easyflip approve ${item.id}\`.`,
  };
}

/** A wrong weight is paid for by the seller, parcel by parcel: a model's guess is shown and asked about. */
function weightDoubt({ item }: StageContext, { value, unit }: NonNullable<SellerFacts['weight']>, { facts }: Description): Reason {
  const size = facts.packageClass ? `, ${facts.packageClass.value}` : '';
  return {
    code: 'listing.package-estimated',
    message: `Your shipping policy computes the cost from the weight, and ${value} ${unit.toLowerCase()}${size} is only a model's estimate.`,
    hint: `If that will do, run \`easyflip approve ${item.id}\`; else \`easyflip approve ${item.id} --set weight=…\`, or set listing.packageProfiles.`,
  };
}

function wordDoubt({ item, settings }: StageContext, { title, description, aspects }: ListingContent): Reason | undefined {
  const found = restrictedWords(
    [title, description.replace(/<[^>]*>/g, ' '), ...Object.values(aspects).flat()],
    settings.check.restrictedWords,
  );
  if (found.length === 0) return undefined;
  return {
    code: 'check.restricted-word',
    message: found.map(({ word, reason }) => `"${word}": ${reason}`).join(' '),
    hint: `If it may be sold, run \`easyflip approve ${item.id}\`; else \`easyflip skip ${item.id}\`.`,
  };
}

function uncertainty(
  { item, settings }: StageContext,
  weakest: { readonly name: string; readonly confidence: number },
): Reason | undefined {
  if (weakest.confidence >= settings.analysis.confidence) return undefined;
  return {
    code: 'facts.uncertain',
    message: `${weakest.name} is only ${Math.round(weakest.confidence * 100)} % certain.`,
    hint: `Look with \`easyflip show ${item.id}\`, then \`easyflip approve ${item.id}\`, with \`--set NAME=VALUE\` for what is wrong.`,
  };
}

async function reviewWanted({ item, settings, ports }: StageContext): Promise<Reason | undefined> {
  const mode = publishMode(settings, await ports.items.approvals());
  if (mode === 'auto') return undefined;
  return {
    code: 'item.awaits-approval',
    message: mode === 'never' ? 'It is ready, and publishing is switched off.' : 'It is ready and waits for your approval.',
    hint:
      mode === 'never'
        ? 'Run again with `--publish auto` to list it.'
        : `Look with \`easyflip show ${item.id}\`, then \`easyflip approve ${item.id}\`.`,
  };
}

/** The item seen first goes on, and one that looks the same waits for a person; unless the other has passed meanwhile, while the first was slow or failed. */
async function nearDuplicate({ item, firstSeenAt, ports }: StageContext, own: readonly string[]): Promise<Reason | undefined> {
  for (const other of await ports.items.nearDuplicates(item.id, own)) {
    const earlier = other.firstSeenAt < firstSeenAt || (other.firstSeenAt === firstSeenAt && other.itemId < item.id);
    if (!earlier && !other.passed) continue;
    return {
      code: 'item.possible-duplicate',
      message: `Photo ${other.ownPhoto} looks the same as one of item ${other.itemId}.`,
      hint: `If it is another thing, run \`easyflip approve ${item.id}\`; else \`easyflip skip ${item.id}\`.`,
    };
  }
  return undefined;
}
