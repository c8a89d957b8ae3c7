import { type AspectFact, aspectRules, type Leaf } from '../commerce/leaf.ts';
import { speak } from '../commerce/wording.ts';
import { MARKETPLACE, type Market } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import { formatProblem } from './aspect-format.ts';
import { type Candidate, leafOf, userError } from './candidate.ts';

type Aspects = Readonly<Record<string, readonly string[]>>;

/** "Max length: 40" (Inventory document, product.aspects). */
const NAME_MAX = 40;
/** Taxonomy may allow more, the listing engine does not ("Enter a value of no more than 65 characters"). */
const VALUE_MAX = 65;
/** "Values per multi-value aspect: 30" (Inventory document). */
const VALUES_MAX = 30;

/** Item specifics against what the category says of them. Looked at when publishing, never at the PUT. */
export function aspectProblems(_market: Market, candidate: Candidate): readonly WireError[] {
  const leaf = leafOf(candidate);
  if (leaf === undefined) return [];
  const given = candidate.item.product?.aspects ?? {};
  return [
    ...missingAspects(leaf, candidate),
    ...Object.entries(given).flatMap(([name, values]) => {
      const fact = (leaf.aspects ?? []).find((one) => one.name === name);
      return [...sizeProblems(name, values), ...(fact === undefined ? [] : valueProblems(fact, values, given))];
    }),
  ];
}

/** Brand and MPN may also stand in their own fields. */
function missingAspects(leaf: Leaf, { item, offer }: Candidate): readonly WireError[] {
  const product = item.product ?? {};
  const nameOf = speak(offer.marketplaceId ?? MARKETPLACE, 'aspects');
  const own: Readonly<Record<string, string | undefined>> = { [nameOf('Brand')]: product.brand, [nameOf('MPN')]: product.mpn };
  const isGiven = (name: string) => (product.aspects?.[name] ?? []).some((value) => value.trim() !== '') || (own[name] ?? '') !== '';
  return (leaf.aspects ?? [])
    .filter((fact) => aspectRules(fact).required && !isGiven(fact.name))
    .map((fact) =>
      userError(`The item specific ${fact.name} is missing. Add ${fact.name} to this listing, enter a valid value, and then try again.`, [
        fact.name,
      ]),
    );
}

function sizeProblems(name: string, values: readonly string[]): readonly WireError[] {
  const tooLong = values.filter((value) => [...value].length > VALUE_MAX);
  return [
    ...tooLong.map((value) =>
      userError(`${name}'s value of "${value}" is too long. Enter a value of no more than ${VALUE_MAX} characters.`, [name]),
    ),
    ...([...name].length > NAME_MAX ? [invalid(name, `a name has no more than ${NAME_MAX} characters.`)] : []),
    ...(values.length > VALUES_MAX ? [invalid(name, `no more than ${VALUES_MAX} values are allowed.`)] : []),
  ];
}

function valueProblems(fact: AspectFact, values: readonly string[], given: Aspects): readonly WireError[] {
  const { single, selectionOnly } = aspectRules(fact);
  const problems: WireError[] = [];
  if (single && values.length > 1) {
    problems.push(userError(`${fact.name} should contain only one value. Remove the extra values and try again.`, [fact.name]));
  }
  // A list that was cut short in the records cannot tell right from wrong.
  const isWholeList = fact.valuesTrimmed !== true && fact.values !== undefined;
  for (const value of values) {
    if (selectionOnly && isWholeList && fact.values?.includes(value) !== true) {
      problems.push(invalid(fact.name, `"${value}" is not one of the allowed values.`));
    }
    const misshapen = formatProblem(fact, value);
    if (misshapen !== undefined) problems.push(invalid(fact.name, misshapen));
    problems.push(...dependencyProblems(fact, value, given));
  }
  return problems;
}

/** `valueConstraints`: a value may stand only beside certain values of another aspect, a model beside its brand. */
function dependencyProblems(fact: AspectFact, value: string, given: Aspects): readonly WireError[] {
  return (fact.valueConstraints?.[value] ?? [])
    .filter((constraint) => !(given[constraint.aspect] ?? []).some((other) => constraint.values.includes(other)))
    .map((constraint) => invalid(fact.name, `"${value}" does not go with the value of ${constraint.aspect}.`));
}

function invalid(aspect: string, why: string): WireError {
  return wireError(25022, [`${aspect}: ${why}`], { aspect });
}
