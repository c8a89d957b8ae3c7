import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { takeSeenErrors } from '../seen-errors.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Numbers of the errors and warnings that a rule's test was answered. */
    errorIds?: readonly number[];
  }
}

const ID = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const taken = new Set<string>();
/** By error number: the rules whose tests are answered it. Made by `scripts/practice-rules.js`. */
const book = JSON.parse(readFileSync('test/practice/conformance/error-ids.json', 'utf8')) as Readonly<Record<string, readonly string[]>>;
const isWritten = process.env.PRACTICE_ERROR_BOOK === 'write';

/**
 * A test that proves one rule of the practice marketplace. Its name is the rule's row in the table of
 * docs/practice.md, which `scripts/practice-rules.js` reads from the list of tests. It must be answered the errors that
 * the book has under its name: so the book is true of every run, and `rules-table.test.ts` can see that no error is without a test.
 * - `id`: small letters, digits, dots and hyphens, like `offer.one-per-sku`; unique over all files.
 * - `source`: where the rule stands, like `CONTRACTS 2.8` or `sell_inventory_v1 createOffer 25002`.
 * - `sentence`: what the server does.
 */
export function rule(id: string, source: string, sentence: string, run: () => Promise<void> | void): void {
  if (!ID.test(id)) throw new Error(`The rule id "${id}" must be made of small letters, digits, dots and hyphens.`);
  if (taken.has(id)) throw new Error(`There are two rules with the id "${id}".`);
  taken.add(id);
  it(`${id}: ${sentence} [${source}]`, async ({ task }) => {
    takeSeenErrors();
    await run();
    const errorIds = takeSeenErrors();
    task.meta.errorIds = errorIds;
    if (isWritten) return;
    const booked = Object.keys(book).filter((number) => book[number]?.includes(id));
    expect(booked.filter((number) => !errorIds.includes(Number(number)))).toEqual([]);
  });
}
