import { describe, expect, test } from 'vitest';
import { entryError, isMissing, offerExists, translateFailure } from '../../../src/adapters/ebay/errors.ts';

const context = { writes: true, nowMs: 0, redact: (text: string) => text };
const entry = (status: number, errorId: number, message: string) => entryError(status, [{ errorId, message }], context);

describe('what eBay says becomes a code', () => {
  test.each([
    [
      400,
      25002,
      'A user error has occurred. The item specific Brand is missing. Add Brand to this listing, enter a valid value, and then try again.',
      'aspect.missing',
      false,
    ],
    [
      400,
      25002,
      'A user error has occurred. Model\'s value of "x" is too long. Enter a value of no more than 65 characters.',
      'aspect.not-allowed',
      false,
    ],
    [
      400,
      25002,
      'A user error has occurred. No <Item.Country> exists or <Item.Country> is specified as an empty tag in the request.',
      'listing.location-missing',
      false,
    ],
    [400, 25002, 'A user error has occurred. Please add at least 1 photo to your listing.', 'picture.rejected', false],
    [400, 25002, 'A user error has occurred. Something nobody has seen yet.', 'listing.rejected', false],
    [400, 25002, 'A user error has occurred. You have reached the number of items you can list.', 'listing.selling-limit', false],
    [400, 25026, 'Selling limits exceeded.', 'listing.selling-limit', false],
    [400, 25005, 'Invalid category. The category is not a leaf category.', 'category.not-a-leaf', false],
    [400, 25005, 'Invalid category.', 'category.unknown', false],
    [400, 25007, 'Invalid Shipping policy information.', 'listing.policy-refused', false],
    [400, 25003, 'Invalid price.', 'price.refused', false],
    [400, 25035, 'The specified policy is not found for the market place', 'listing.policy-missing', false],
    [400, 25097, 'This listing is on hold', 'listing.on-hold', false],
    [400, 25752, 'listingStartDate provided is invalid.', 'listing.start-refused', false],
    [400, 25115, 'Must be located in the EU.', 'listing.regulatory-refused', false],
    [400, 190203, 'Not supported.', 'picture.rejected', false],
    [400, 25012, 'Invalid location.', 'listing.location-missing', false],
    [400, 25021, 'Invalid condition information.', 'condition.not-allowed', false],
    [400, 25064, 'Brand is required', 'aspect.missing', false],
    [400, 25604, 'Input error. Product not found.', 'listing.missing', true],
    [400, 25604, 'Input error. The price is odd.', 'listing.rejected', false],
    [400, 25707, 'Invalid sku.', 'listing.rejected', false],
    [404, 25710, 'We did not find the resource.', 'listing.missing', false],
    [500, 25001, 'A system error has occurred.', 'provider.unavailable', true],
    [500, 25025, 'Concurrent access', 'provider.unavailable', true],
    [429, 2001, 'Too many requests.', 'provider.rate-limited', true],
    [401, 1001, 'Invalid access token', 'provider.auth', false],
    [403, 1100, 'Access denied', 'provider.auth', false],
    [503, 0, '', 'provider.unavailable', true],
    [418, 0, '', 'provider.refused', false],
  ])('%i/%i %s → %s', (status, errorId, message, code, retryable) => {
    const error = entry(status, errorId, message);
    expect(error).toMatchObject({ code, retryable });
    expect(error.hint).toMatch(/^[A-Z].*\.$/);
    expect(error.message).toContain(message);
  });

  test('a breakdown during a write leaves open what happened, a refusal does not', () => {
    expect(entry(500, 25001, 'x').mayHaveHappened).toBe(true);
    expect(entry(400, 25709, 'x').mayHaveHappened).toBe(false);
  });

  test('the longer sentence wins, several are joined, and a hostile one is cut and cleaned', () => {
    const error = entryError(
      400,
      [
        { errorId: 25709, message: 'Short.', longMessage: 'The longer one.' },
        { errorId: 25016, message: `\u001b[31mred\u0007\u202e ${'x'.repeat(400)}` },
      ],
      context,
    );
    expect(error.message.startsWith('eBay does not take the value of a field. eBay says: The longer one. [31mred x')).toBe(true);
    expect(error.message.endsWith('… (error 25709, 25016)')).toBe(true);
    expect(error.message.length).toBeLessThan(400);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
    expect(error.message).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test('of several errors the gravest counts', () => {
    const codeOf = (...ids: number[]) =>
      entryError(
        400,
        ids.map((errorId) => ({ errorId, message: 'x' })),
        context,
      );
    expect(codeOf(25003, 25026)).toMatchObject({ code: 'listing.selling-limit' });
    expect(codeOf(25001, 25003)).toMatchObject({ code: 'price.refused', retryable: false });
    expect(codeOf(4711, 25001)).toMatchObject({ code: 'provider.unavailable', retryable: true });
  });

  test("an existing offer is known by its text or by the bulk form's own number", () => {
    expect(offerExists(entry(400, 25002, 'A user error has occurred. Offer entity already exists.'))).toBe(true);
    expect(offerExists(entry(400, 25729, 'The combination of SKU, marketplaceId and format should be unique.'))).toBe(true);
    expect(offerExists(entry(400, 25002, 'A user error has occurred. The item specific Brand is missing.'))).toBe(false);
  });

  test("absence needs eBay's own word", () => {
    const answer = (status: number, data: unknown) => translateFailure({ meta: { res: { status, headers: {}, data } } }, context);
    expect(isMissing(answer(404, ''))).toBe(true);
    expect(isMissing(answer(404, { errors: [{ errorId: 25713, message: 'gone' }] }))).toBe(true);
    expect(isMissing(answer(404, '<html></html>'))).toBe(false);
    expect(isMissing(answer(400, { errors: [{ errorId: 25709, message: 'bad' }] }))).toBe(false);
    expect(isMissing(answer(500, ''))).toBe(false);
    expect(isMissing(new Error('x'))).toBe(false);
  });

  test('what nobody foresaw is still an EasyflipError without its cause', () => {
    for (const thrown of [undefined, null, 'text', 7, new TypeError('x'), { response: 'odd' }]) {
      const error = translateFailure(thrown, context);
      expect(error).toMatchObject({ code: 'provider.unavailable', retryable: true });
      expect(error.cause).toBeUndefined();
    }
  });
});

test.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])('%s: nothing has left, and the machine may have the wrong date', (code) => {
  expect(translateFailure(Object.assign(new Error('certificate'), { code }), context)).toMatchObject({
    code: 'provider.unavailable',
    mayHaveHappened: false,
    hint: expect.stringContaining("Check this machine's date and time"),
  });
});
