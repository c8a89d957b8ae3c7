import { it } from 'vitest';

const ID = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const taken = new Set<string>();

/**
 * A test that proves one rule of the practice marketplace. Its name is the rule's row in the table of
 * docs/practice.md, which `scripts/practice-rules.js` reads from the list of tests.
 * - `id`: small letters, digits, dots and hyphens, like `offer.one-per-sku`; unique over all files.
 * - `source`: where the rule stands, like `CONTRACTS 2.8` or `sell_inventory_v1 createOffer 25002`.
 * - `sentence`: what the server does.
 */
export function rule(id: string, source: string, sentence: string, run: () => Promise<void> | void): void {
  if (!ID.test(id)) throw new Error(`The rule id "${id}" must be made of small letters, digits, dots and hyphens.`);
  if (taken.has(id)) throw new Error(`There are two rules with the id "${id}".`);
  taken.add(id);
  it(`${id}: ${sentence} [${source}]`, run);
}
