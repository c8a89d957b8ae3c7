import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translateFailure as ofEbay } from '../../src/adapters/ebay/errors.ts';
import { translateFailure as ofGoogle } from '../../src/adapters/google-vision/errors.ts';
import { translateFailure as ofOpenai } from '../../src/adapters/openai/errors.ts';
import { isEasyflipError } from '../../src/core/errors.ts';
import { canonicalJson, hashOf } from '../../src/core/hash.ts';
import { anchorOf, binnedSku, itemIdOf, skuOf } from '../../src/core/identity.ts';
import type { PhotoHash } from '../../src/core/item.ts';
import { retryAfterMs } from '../../src/core/retry-after.ts';
import { fingerprint } from '../../src/pipeline/fingerprint.ts';
import type { AnyStage, StageUses } from '../../src/pipeline/stage.ts';
import { runs } from './runs.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
const YEAR_MS = 365 * 86_400_000;

describe('Retry-After', () => {
  const garbage = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '',
      ' ',
      '-1',
      '-0',
      '+5',
      '1e9',
      '1e400',
      'Infinity',
      'NaN',
      '0x10',
      '1,5',
      '5 s',
      '5;',
      'wait 5 minutes',
      'May 2040',
      '2040-01-01',
      '1 2',
    ),
    fc.double().map(String),
    fc.bigInt().map(String),
  );

  it('is a whole number of milliseconds between nothing and a year, or undefined', () => {
    fc.assert(
      fc.property(fc.oneof(garbage, fc.anything()), (header) => {
        const ms = retryAfterMs(header, NOW);
        if (ms !== undefined) expect(Number.isInteger(ms) && ms >= 0 && ms <= YEAR_MS, String(ms)).toBe(true);
      }),
      runs(500),
    );
  });

  it('reads seconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), fc.constantFrom('', ' ', '  '), (seconds, space) => {
        expect(retryAfterMs(`${space}${seconds}${space}`, NOW)).toBe(seconds * 1_000);
      }),
      runs(100),
    );
    expect(retryAfterMs('2.5', NOW)).toBe(2_500);
    expect(retryAfterMs('99999999999999999999999', NOW)).toBe(YEAR_MS);
  });

  it('reads the three forms of an HTTP date, and one that has passed is no wait', () => {
    const long = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
    fc.assert(
      fc.property(fc.integer({ min: -YEAR_MS / 1_000, max: YEAR_MS / 1_000 }), (seconds) => {
        const date = new Date(NOW + seconds * 1_000);
        const [, day = '', month = '', year = '', time = ''] = /(\d\d) (\w{3}) (\d{4}) (\S+)/.exec(date.toUTCString()) ?? [];
        const weekday = long[date.getUTCDay()] ?? '';
        const expected = Math.max(0, seconds * 1_000);
        expect(retryAfterMs(date.toUTCString(), NOW)).toBe(expected);
        expect(retryAfterMs(`${weekday}, ${day}-${month}-${year.slice(2)} ${time} GMT`, NOW)).toBe(expected);
        expect(retryAfterMs(`${weekday.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`, NOW)).toBe(expected);
      }),
      runs(100),
    );
  });

  it.each(['-1', '1e9', 'Infinity', '0x10', 'May 2040', 'wait 5 minutes', '2040-01-01T00:00:00Z'])('%s is no order', (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  });

  it('of any answer of any service: the error is one of ours, and never asks for a wait that is none', () => {
    const status = fc.constantFrom(400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504, 599, 0, -1);
    const header = fc.option(garbage, { nil: undefined });
    const body = fc.oneof(
      fc.anything(),
      fc.constantFrom('<html>', '', null, { errors: [{ errorId: 'x' }] }, { errors: [{ errorId: 2_001, message: 5 }] }),
    );
    fc.assert(
      fc.property(status, header, header, body, (code, after, other, data) => {
        const headers = new Map(
          Object.entries({
            'retry-after': after,
            'retry-after-ms': other,
            'x-ratelimit-remaining-tokens': '0',
            'x-ratelimit-reset-tokens': other,
          }),
        );
        const get = (name: string): string | null => headers.get(name) ?? null;
        const thrown = Object.assign(new Error('no'), { status: code, headers: { get }, requestID: 'r', error: data });
        const errors = [
          ofEbay({ meta: { res: { status: code, headers: { 'retry-after': after }, data } } }, {
            writes: true,
            nowMs: NOW,
            redact: (text: string) => text,
          } as never),
          ofGoogle({ response: { status: code, headers: { get } }, message: data }),
          ofOpenai(thrown, { model: 'm', host: 'h', apiKey: 'sk-secret', nowMs: NOW }),
        ];
        for (const error of errors) {
          if (!isEasyflipError(error)) throw new Error('not ours');
          const { retryAfterMs: wait, cause } = error;
          expect(cause).toBeUndefined();
          if (wait !== undefined) expect(Number.isFinite(wait) && wait >= 0, String(wait)).toBe(true);
        }
      }),
      runs(400),
    );
  });
});

describe('fingerprints', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, member]) => [key, shuffled(member)]);
    return Object.fromEntries(
      [...entries.reverse(), ['absent', undefined]].filter(([key]) => key !== 'absent' || !Object.hasOwn(value, 'absent')),
    );
  };
  /** Plain JSON knows no -0. */
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('canonical JSON is JSON of the same value, whatever the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(plain(value));
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
      runs(400),
    );
  });

  it('other values have other texts', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(canonicalJson(a) === canonicalJson(b)).toBe(isDeepStrictEqual(plain(a), plain(b)));
        expect(hashOf([a, b]) === hashOf([b, a])).toBe(canonicalJson(a) === canonicalJson(b));
        expect(canonicalJson([a, b])).not.toBe(canonicalJson([[a, b]]));
      }),
      runs(200),
    );
  });

  it('a stage is the same work only with the same name, version, uses and inputs', () => {
    const part = fc.record({
      name: fc.constantFrom('read', 'draft'),
      version: fc.integer({ min: 1, max: 3 }),
      uses: json,
      inputs: fc.dictionary(fc.string({ maxLength: 3 }), json, { maxKeys: 2 }),
    });
    const printOf = ({
      name,
      version,
      uses,
      inputs,
    }: {
      name: string;
      version: number;
      uses: unknown;
      inputs: Record<string, unknown>;
    }): string => fingerprint({ name, version, uses: () => uses } as unknown as AnyStage, inputs, {} as StageUses);
    fc.assert(
      fc.property(part, part, (a, b) => {
        expect(printOf(a)).toBe(printOf({ ...a, inputs: shuffled(a.inputs) as Record<string, unknown> }));
        expect(printOf(a) === printOf(b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      runs(200),
    );
  });
});

describe('identity', () => {
  const hash = fc.stringMatching(/^[0-9a-f]{64}$/).map((text) => text as PhotoHash);

  it('an item and its SKU follow from its photos, whatever their order, and eBay takes the SKU', () => {
    fc.assert(
      fc.property(
        fc.array(hash, { minLength: 1, maxLength: 24 }),
        fc.option(fc.string({ maxLength: 60 }), { nil: undefined }),
        (photos, bin) => {
          const anchor = anchorOf(photos);
          expect(anchorOf([...photos].reverse())).toBe(anchor);
          expect(itemIdOf(anchor)).toMatch(/^[A-Z2-7]{13}$/);
          expect(skuOf(anchor)).toBe(`EF${itemIdOf(anchor)}`);
          // eBay error 25707: letters and digits, at most 50.
          expect(binnedSku(bin, anchor)).toMatch(/^[A-Za-z0-9]{15,50}$/);
          expect(binnedSku(bin, anchor).endsWith(skuOf(anchor))).toBe(true);
        },
      ),
      runs(200),
    );
  });
});
