import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { known } from '../../../src/adapters/ebay/errors/meaning.ts';

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
