import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { known, NOT_MET } from '../../../src/adapters/ebay/errors/meaning.ts';

const folder = resolve(process.env.EASYFLIP_SPECS ?? '../shared/specs', 'ebay');
const DOCUMENTS = [
  'sell_inventory_v1',
  'commerce_media_v1_beta',
  'sell_account_v1',
  'commerce_taxonomy_v1',
  'sell_metadata_v1',
  'buy_browse_v1',
];

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId?: string;
            readonly responses?: Readonly<Record<string, { 'x-response-codes'?: { errors?: Record<string, { description?: string }> } }>>;
          }
        >
      >
    >
  >;
}

/** Every number that an operation of the document can answer with. */
function documentedIds(name: string): ReadonlyMap<number, string> {
  const { paths } = JSON.parse(readFileSync(join(folder, `${name}_oas3.json`), 'utf8')) as Document;
  const ids = new Map<number, string>();
  for (const operations of Object.values(paths))
    for (const { operationId, responses } of Object.values(operations))
      for (const answer of Object.values(responses ?? {}))
        for (const [id, { description }] of Object.entries(answer['x-response-codes']?.errors ?? {}))
          ids.set(Number(id), `${operationId ?? ''}: ${description ?? ''}`);
  return ids;
}

test.skipIf(!existsSync(folder)).each(DOCUMENTS)(
  'every error id of %s has its own code and cure, or a reason why it is never met',
  (name) => {
    const ids = documentedIds(name);
    expect(ids.size).toBeGreaterThan(5);
    const unknown = [...ids].filter(([id]) => known(id) === undefined).map(([id, where]) => `${id} ${where}`);
    expect(unknown).toEqual([]);
  },
);

/** CONTRACTS 2.9, beside those of the documents. */
const FROM_THE_FIELD = [1001, 1002, 1100, 2001, 2004, 25058, 25059, 25060, 25064, 25066, 12029];

test('every id that CONTRACTS 2.9 names beyond the documents has its meaning', () => {
  for (const id of FROM_THE_FIELD) expect(known(id), String(id)).toMatchObject({ code: expect.any(String) });
});

test.skipIf(!existsSync(folder))('what passes by itself is retryable, and nothing of it is a refusal; each cure is a sentence', () => {
  for (const name of DOCUMENTS)
    for (const id of documentedIds(name).keys()) {
      const meaning = known(id);
      if (meaning === undefined || 'notMet' in meaning) continue;
      expect(meaning.sentence, String(id)).toMatch(/^\S.*\.$/);
      expect(meaning.hint, String(id)).toMatch(/^[A-Z].*\.$/);
      expect(meaning.retryable, `${id} ${meaning.code}`).toBe(meaning.code === 'provider.unavailable');
    }
});

test('what no call of ours is refused with is a short list with reasons, and has no meaning besides', () => {
  const ids = NOT_MET.flatMap((one) => one.ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { why } of NOT_MET) expect(why.length).toBeGreaterThan(15);
  for (const id of ids) expect(known(id), String(id)).toMatchObject({ notMet: expect.any(String) });
});
