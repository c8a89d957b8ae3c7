import { type ErrorCode, isEasyflipError, type Reason } from '../core/errors.ts';
import type { Facts } from '../core/facts.ts';
import type { Item } from '../core/item.ts';
import { type Category, CONDITIONS_WITHOUT_NOTE, type ListingContent } from '../core/listing.ts';
import type { Description, LookAgainAnswer, LookAgainRequest } from '../core/ports/index.ts';
import { defineStage, hold, type StageContext } from '../pipeline/stage.ts';
import { pictureTextIssues } from './check/picture-text-issues.ts';
import { classify } from './classify.ts';
import { isStandIn } from './draft/stand-in.ts';
import { draft } from './draft.ts';
import { photoViews } from './photo-views.ts';
import { pictureOrder, saidOrder } from './picture-order.ts';
import { type Prepared, prepare } from './prepare.ts';
import { type Read, read } from './read.ts';
import { coversRequired } from './seller-says-all.ts';
import { buildDescription } from './specify/build-description.ts';
import { buildTitle } from './specify/build-title.ts';
import { noteOf } from './specify/condition-note.ts';
import type { FilledAspect } from './specify/filled-aspect.ts';
import { type CategoryWants, type FitToCategory, fitToCategory, type WhatIsKnown } from './specify/fit-to-category.ts';
import { flawedCondition } from './specify/flawed-condition.ts';
import { flawsOf, flawTexts } from './specify/flaws.ts';
import { identifiersOf } from './specify/identifiers.ts';
import { askedFor, CONDITION, checkedAnswer, type SecondLook } from './specify/look-again.ts';
import { measurementsOf } from './specify/measurements.ts';
import { piecesOf } from './specify/pieces.ts';
import { question } from './specify/question.ts';
import { withSiteBrand } from './specify/site-words.ts';
import { titleFromWords } from './specify/title-from-words.ts';
import { unfitText } from './specify/unfit-text.ts';

export interface Specified {
  readonly categoryId: string;
  readonly title: string;
  readonly description: string;
  readonly aspects: Readonly<Record<string, FilledAspect>>;
  readonly condition?: NonNullable<ListingContent['condition']> & { readonly label: string };
  readonly identifiers: ListingContent['identifiers'];
  /** The least certain of the facts used, 0 to 1, and which it is. */
  readonly weakest: { readonly name: string; readonly confidence: number };
  /** Numbers of the photos in the order of the listing, the cover first. */
  readonly pictureOrder: readonly number[];
  /** What a person has to settle before it goes live: flaws that do not go with the condition. */
  readonly doubt?: Reason;
}

export const specify = defineStage({
  name: 'specify',
  version: 5,
  needs: { prepare, read, draft, classify },
  // A second look may cost money.
  finishOnStop: true,
  uses: ({ item: { seller, nameWords }, settings }) => ({
    aspects: seller.aspects,
    leftOut: seller.leaveOut,
    condition: seller.condition,
    flaws: seller.flaws,
    photos: seller.photos,
    title: seller.title,
    description: seller.description,
    quantity: seller.quantity,
    nameWords,
    fallbackCondition: settings.listing.defaultCondition,
    footer: settings.listing.descriptionFooter,
    template: settings.listing.descriptionTemplate?.text,
    provider: settings.analysis.provider,
    model: settings.analysis.model,
  }),

  async run({ prepare: prepared, read: seen, draft: described, classify: { category, confidence } }, context) {
    const { facts: drafted, unknowns } = described;
    const { item, settings, ports, call } = context;
    const { seller } = item;
    const { limits, site } = ports.marketplace;
    const [rules, policy] = await Promise.all([
      ports.marketplace.aspects(category.id, call),
      ports.marketplace.conditions(category.id, call),
    ]);
    const wants: CategoryWants = { rules, policy };

    // What the seller has said completely is taken as it stands: nothing read or guessed is added to it.
    const facts = withSiteBrand(
      coversRequired(seller, rules) && seller.condition && seller.price && seller.category ? onlySeller(drafted) : drafted,
      site,
    );
    const known: WhatIsKnown = { facts, unknowns, seller, fallbackCondition: settings.listing.defaultCondition, site };
    const first = fitToCategory(wants, known);
    // Who did not answer just now is not asked something else; the item is held for the local look as it is.
    const look = isStandIn(described) ? undefined : await secondLook(first, wants, category, { prepared, seen }, context);
    const fitted = look ? fitToCategory(wants, known, look) : first;
    const { aspects, problems, conditionProblem } = fitted;

    const pieces = piecesOf(item.id, facts, seller, site.language);
    const source = {
      facts,
      aspects,
      path: [category.id, ...category.ancestors.map(({ id }) => id)],
      site,
      pieces: pieces?.words,
      keywords: described.keywords ?? [],
    };
    const title = seller.title ?? buildTitle(source, limits.titleMax) ?? titleFromWords(item.nameWords, source, limits.titleMax);
    if (problems.length > 0 || conditionProblem || title === undefined) {
      const reason = question(item.id, { problems, condition: conditionProblem, untitled: title === undefined });
      return hold(reason, { title, categoryId: category.id, aspects, problems });
    }

    const order = orderOf(prepared, seen, described, item);
    const flaws = flawsOf(seller, described);
    const told = flawTexts(flaws, (photo) => order.indexOf(photo) + 1, site.language);
    const bySeller = seller.condition !== undefined || (facts.condition?.evidence ?? []).every(({ from }) => from === 'seller');
    const { condition: chosen, doubt } = flawedCondition(item.id, { condition: fitted.condition, policy, bySeller }, flaws);
    const note = chosen && !CONDITIONS_WITHOUT_NOTE.has(chosen.word) ? noteOf(told, limits.conditionNoteMax) : '';
    const condition = chosen && {
      id: chosen.id,
      word: chosen.word,
      label: chosen.label,
      ...(note ? { note } : {}),
      ...(fitted.descriptors.length > 0 ? { descriptors: fitted.descriptors } : {}),
    };
    const description = await buildDescription(
      {
        title,
        ...(seller.description === undefined ? {} : { text: seller.description }),
        aspects,
        measurements: measurementsOf(facts),
        ...(condition ? { conditionLabel: condition.label } : {}),
        ...(condition?.note ? { conditionNote: condition.note } : {}),
        flaws: told,
        footer: settings.listing.descriptionFooter,
        template: settings.listing.descriptionTemplate,
        language: site.language,
      },
      limits.descriptionMax,
    );
    const unfit = unfitWords(item, { title, description });
    if (unfit) return hold(unfit, { title, description, categoryId: category.id, aspects });
    return {
      categoryId: category.id,
      title,
      description,
      aspects,
      ...(condition ? { condition } : {}),
      identifiers: identifiersOf(facts, rules, aspects, site),
      weakest: weakestOf(fitted, facts, confidence),
      pictureOrder: order,
      ...doubtOf(doubt, pieces?.doubt),
    } satisfies Specified;
  },
});

function orderOf({ photos }: Prepared, { texts }: Read, described: Description, item: Item): readonly number[] {
  const held = pictureTextIssues(texts).flatMap(({ photo, severity }) => (severity === 'hold' ? [photo] : []));
  return pictureOrder({ photos, described, held: new Set(held), said: saidOrder(photos, item) });
}

/** What a person has to settle, all in one. */
function doubtOf(...doubts: readonly (Reason | undefined)[]): Pick<Specified, 'doubt'> {
  const all = doubts.filter((one) => one !== undefined);
  const [first] = all;
  return first ? { doubt: { code: first.code, message: texts(all, 'message'), hint: texts(all, 'hint') } } : {};
}

const texts = (reasons: readonly Reason[], of: 'message' | 'hint'): string => reasons.map((reason) => reason[of]).join(' ');

const onlySeller = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact.evidence.every(({ from }) => from === 'seller')));

/** An answer that makes no sense is none; each was paid for. */
const SENSELESS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.refused',
  'provider.content-filter',
  'provider.bad-reply',
  'provider.wrong-shape',
  'provider.cut-off',
  'provider.empty-reply',
]);

/**
 * One narrow question about what is required and missing, where the provider answers such questions. Not where the seller
 * has to be asked anyway: it may cost money.
 */
async function secondLook(
  { problems, conditionProblem, aspects }: FitToCategory,
  { rules, policy }: CategoryWants,
  category: Category,
  { prepared, seen }: { readonly prepared: Prepared; readonly seen: Read },
  context: StageContext,
): Promise<SecondLook | undefined> {
  const { describer, marketplace } = context.ports;
  const wanted = [...askedFor(problems, rules), ...(conditionProblem ? [askedCondition(policy)] : [])];
  const askSeller =
    problems.some(({ kind }) => kind !== 'missing') || conditionProblem?.kind === 'not-allowed' || seen.skipped !== undefined;
  if (!describer.lookAgain || wanted.length === 0 || askSeller || (context.item.seller.condition !== undefined && conditionProblem))
    return undefined;
  const request: LookAgainRequest = {
    photos: photoViews(prepared, context),
    texts: seen.texts,
    barcodes: seen.barcodes,
    category: [category.name, ...category.ancestors.map(({ name }) => name)].join(' < '),
    asked: wanted,
    known: Object.fromEntries(Object.entries(aspects).map(([name, { values }]) => [name, values])),
  };
  let answer: LookAgainAnswer;
  try {
    answer = await describer.lookAgain(request, context.call);
  } catch (error) {
    // What may pass (a service that is down, a budget) is not for the seller to answer.
    if (!isEasyflipError(error) || !SENSELESS.has(error.code)) throw error;
    return undefined;
  }
  return checkedAnswer(request, answer, rules, marketplace.site);
}

const askedCondition = ({ allowed }: CategoryWants['policy']) => ({
  name: CONDITION,
  allowed: allowed.map(({ label }) => label),
  onlyAllowed: true,
  multi: false,
});

/** Words that never go live, whoever wrote them. */
function unfitWords({ id }: Item, texts: Readonly<Record<'title' | 'description', string>>): Reason | undefined {
  for (const [name, text] of Object.entries(texts)) {
    const unfit = unfitText(text);
    if (!unfit) continue;
    return {
      code: 'text.unfit',
      message: `The ${name} has ${unfit.what} in it: "${unfit.found}".`,
      hint: `Run \`easyflip approve ${id} --set ${name}=…\` with the right words, or correct the fact they come from.`,
    };
  }
  return undefined;
}

function weakestOf(
  { aspects, condition, conditionConfidence }: FitToCategory,
  facts: Facts,
  categoryConfidence: number,
): Specified['weakest'] {
  const all = [
    { name: 'category', confidence: categoryConfidence },
    ...(facts.type ? [{ name: 'type', confidence: facts.type.confidence }] : []),
    ...(condition ? [{ name: 'condition', confidence: conditionConfidence }] : []),
    ...Object.entries(aspects).map(([name, { fact }]) => ({ name, confidence: fact.confidence })),
  ];
  return all.reduce((least, one) => (one.confidence < least.confidence ? one : least));
}
