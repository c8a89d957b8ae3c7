import type { Reason } from '../core/errors.ts';
import type { Facts, Unknowns } from '../core/facts.ts';
import type { Item } from '../core/item.ts';
import type { ListingContent } from '../core/listing.ts';
import { defineStage, hold } from '../pipeline/stage.ts';
import { classify } from './classify.ts';
import { draft } from './draft.ts';
import { coversRequired } from './seller-says-all.ts';
import { factFor } from './specify/aspect-names.ts';
import { buildDescription } from './specify/build-description.ts';
import { buildTitle } from './specify/build-title.ts';
import { chooseCondition } from './specify/choose-condition.ts';
import { type AspectProblem, type FilledAspect, fillAspects } from './specify/fill-aspects.ts';
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
}

export const specify = defineStage({
  name: 'specify',
  version: 2,
  needs: { draft, classify },
  uses: ({ item: { seller, nameWords }, settings }) => ({
    aspects: seller.aspects,
    condition: seller.condition,
    flaws: seller.flaws,
    title: seller.title,
    description: seller.description,
    nameWords,
    fallbackCondition: settings.listing.defaultCondition,
    footer: settings.listing.descriptionFooter,
    template: settings.listing.descriptionTemplate?.text,
  }),

  async run({ draft: { facts: drafted, unknowns }, classify: { category, confidence } }, { item, settings, ports, call }) {
    const { seller } = item;
    const [rules, policy] = await Promise.all([
      ports.marketplace.aspects(category.id, call),
      ports.marketplace.conditions(category.id, call),
    ]);

    // What the seller has said completely is taken as it stands: nothing read or guessed is added to it.
    const facts: Facts =
      coversRequired(seller, rules) && seller.condition && seller.price && seller.category ? onlySeller(drafted) : drafted;
    const { aspects, problems } = fillAspects(rules, facts, seller, (name) => whyUnknown(name, unknowns));
    const said = seller.condition ?? facts.condition?.value ?? settings.listing.defaultCondition ?? undefined;
    const choice = chooseCondition(policy, said);
    const title =
      seller.title ??
      buildTitle(
        { facts, aspects, path: [category.id, ...category.ancestors.map(({ id }) => id)], site: ports.marketplace.site },
        ports.marketplace.limits.titleMax,
      ) ??
      titleFromWords(item.nameWords, facts, ports.marketplace.limits.titleMax);

    if (problems.length > 0 || choice.kind === 'unknown' || choice.kind === 'not-allowed' || title === undefined) {
      const conditionProblem = choice.kind === 'unknown' || choice.kind === 'not-allowed' ? choice : undefined;
      return hold(question(item, problems, conditionProblem, title === undefined), { title, categoryId: category.id, aspects, problems });
    }

    const condition =
      choice.kind === 'chosen'
        ? {
            id: choice.condition.id,
            word: choice.condition.word,
            label: choice.condition.label,
            ...(seller.flaws?.length ? { note: seller.flaws.join('; ').slice(0, ports.marketplace.limits.conditionNoteMax) } : {}),
          }
        : undefined;
    const description = await buildDescription(
      {
        title,
        ...(seller.description === undefined ? {} : { text: seller.description }),
        aspects,
        ...(condition ? { conditionLabel: condition.label } : {}),
        ...(condition?.note ? { conditionNote: condition.note } : {}),
        flaws: seller.flaws ?? [],
        footer: settings.listing.descriptionFooter,
        template: settings.listing.descriptionTemplate,
        language: ports.marketplace.site.language,
      },
      ports.marketplace.limits.descriptionMax,
    );
    const unfit = unfitWords(item, { title, description });
    if (unfit) return hold(unfit, { title, description, categoryId: category.id, aspects });
    return {
      categoryId: category.id,
      title,
      description,
      aspects,
      ...(condition ? { condition } : {}),
      identifiers: identifiersOf(facts, aspects),
      weakest: weakestOf(aspects, facts, confidence),
    } satisfies Specified;
  },
});

const onlySeller = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact.evidence.every(({ from }) => from === 'seller')));

function whyUnknown(aspectName: string, unknowns: Unknowns): string | undefined {
  const fact = factFor(aspectName);
  return fact && unknowns[fact]?.why;
}

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

/** Everything that is missing, asked in one go, with the one command that answers it. */
function question(
  item: Item,
  problems: readonly AspectProblem[],
  condition: { readonly kind: 'unknown' | 'not-allowed'; readonly message: string } | undefined,
  untitled: boolean,
): Reason {
  const sentences = [
    ...problems.map(({ name, kind, why }) =>
      kind === 'missing' ? `${name} is required and not known: ${why.replace(/\.$/, '')}.` : `${name} cannot be used as given: ${why}.`,
    ),
    ...(condition ? [condition.message] : []),
    ...(untitled ? ['There is nothing to make a title of.'] : []),
  ];
  const settings = [
    ...problems.map(
      ({ name, allowed }) => `--set ${quoted(`${name}=${allowed.length > 0 && allowed.length <= 4 ? allowed.join('|') : '…'}`)}`,
    ),
    ...(condition ? ['--set condition=…'] : []),
    ...(untitled ? ['--set title=…'] : []),
  ];
  return {
    code: problems.some(({ kind }) => kind === 'unfit')
      ? 'aspect.not-allowed'
      : problems.length > 0
        ? 'aspect.missing'
        : condition?.kind === 'not-allowed'
          ? 'condition.not-allowed'
          : condition
            ? 'condition.unknown'
            : 'facts.missing',
    message: sentences.join(' '),
    hint: `Run \`easyflip approve ${item.id} ${settings.join(' ')}\` with what is true, or put it into item.json beside the photos.`,
  };
}

const quoted = (text: string): string => (/[\s|]/.test(text) ? `"${text}"` : text);

/** Product identifiers only as read from a barcode or said by the seller; Brand and MPN go as a pair (eBay checks them together). */
function identifiersOf(facts: Facts, aspects: Readonly<Record<string, FilledAspect>>): ListingContent['identifiers'] {
  const gtin = facts.gtin?.value.replace(/\D/g, '').replace(/^0+(?=\d{8}$|\d{12,13}$)/, '') ?? '';
  const isbn = /^97[89]\d{10}$/.test(gtin);
  const brand = aspects.Brand?.values[0];
  const mpn = facts.mpn?.value;
  return {
    ...(brand ? { brand } : {}),
    ...(brand && mpn ? { mpn } : {}),
    ...(isbn ? { isbn: gtin } : gtin.length === 12 ? { upc: gtin } : gtin.length === 13 || gtin.length === 8 ? { ean: gtin } : {}),
  };
}

function weakestOf(aspects: Readonly<Record<string, FilledAspect>>, facts: Facts, categoryConfidence: number): Specified['weakest'] {
  const all = [
    { name: 'category', confidence: categoryConfidence },
    ...(facts.type ? [{ name: 'type', confidence: facts.type.confidence }] : []),
    ...Object.entries(aspects).map(([name, { fact }]) => ({ name, confidence: fact.confidence })),
  ];
  return all.reduce((least, one) => (one.confidence < least.confidence ? one : least));
}
