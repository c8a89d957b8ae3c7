import { describe, expect, it } from 'vitest';
import { KINDS } from './kinds.ts';
import { runMatrix } from './matrix.ts';

/** Moments that matter most: what writes at eBay, what is paid for, what is recorded. `npm run crash` takes all of them. */
const SAMPLE: Readonly<Record<string, RegExp>> = {
  'three that share bulk calls': /(^\S+ POST .*(image|bulk_create|bulk_publish)|work POST .*bulk_publish).* 1$/,
  'described by a model': /(chat\/completions|answer journal openai).* 1$/,
  'asked in a batch': /POST \/v1\/batches 1$/,
  'approved after review': /decisions.* 1$/,
  'in a database of earlier tables': /CREATE TABLE batches 1$/,
  'updated while live': /^before (PUT|POST) \/sell.* 1$/,
  withdrawn: /^\S+ (PUT|POST|DELETE) \/sell.* 1$/,
  restored: /^after file .* 1$/,
};

describe('killed in the middle and started again: one live listing per item, nothing asked or paid for twice', () => {
  it.each(Object.entries(SAMPLE))('%s', { timeout: 900_000 }, async (name, moments) => {
    const kinds = KINDS.filter((kind) => kind.name === name);
    const results = await runMatrix(kinds, (all) => all.filter((moment) => moments.test(moment)));
    expect(results.length).toBeGreaterThanOrEqual(1);
    expect(results.filter(({ problems }) => problems === undefined || problems.length > 0)).toEqual([]);
  });
});
