import data from '../data/wording.json' with { type: 'json' };
import type { AspectFact, ConditionFact, Leaf, NamedNode } from './leaf.ts';

/** From the English of the US site to the words of another; what a site does not name stays as it is. */
interface Wording {
  readonly categories?: Readonly<Record<string, string>>;
  readonly aspects?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, string>>;
  readonly conditions?: Readonly<Record<string, string>>;
}

/** data/wording.json keeps apart what a document says (`documented`) and what is general knowledge (`memory`). */
const WORDINGS: Readonly<Record<string, { readonly documented: Wording; readonly memory: Wording }>> = data;

export type Words = keyof Wording;

/** A function that says one kind of word as the site says it. */
export function speak(marketplace: string, kind: Words): (english: string) => string {
  const wording = WORDINGS[marketplace];
  const words = { ...wording?.memory[kind], ...wording?.documented[kind] };
  return (english) => words[english] ?? english;
}

export function nodeOn(marketplace: string, node: NamedNode): NamedNode {
  return { id: node.id, name: speak(marketplace, 'categories')(node.name) };
}

/** The same leaf with the site's names and values. Ids, flags and constraints do not change. */
export function leafOn(marketplace: string, leaf: Leaf): Leaf {
  const conditionName = speak(marketplace, 'conditions');
  return {
    ...leaf,
    ...nodeOn(marketplace, leaf),
    ancestors: leaf.ancestors.map((node) => nodeOn(marketplace, node)),
    ...(leaf.aspects === undefined ? {} : { aspects: leaf.aspects.map((aspect) => aspectOn(marketplace, aspect)) }),
    conditions: leaf.conditions.map((condition): ConditionFact => ({ ...condition, name: conditionName(condition.name) })),
  };
}

function aspectOn(marketplace: string, aspect: AspectFact): AspectFact {
  const name = speak(marketplace, 'aspects');
  const value = speak(marketplace, 'values');
  const constraints = aspect.valueConstraints;
  return {
    ...aspect,
    name: name(aspect.name),
    ...(aspect.values === undefined ? {} : { values: aspect.values.map(value) }),
    ...(constraints === undefined
      ? {}
      : {
          valueConstraints: Object.fromEntries(
            Object.entries(constraints).map(([own, others]) => [
              value(own),
              others.map((other) => ({ aspect: name(other.aspect), values: other.values.map(value) })),
            ]),
          ),
        }),
  };
}
