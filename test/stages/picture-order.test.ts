import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHOTO_ROLES, type PhotoRole } from '../../src/core/ports/index.ts';
import { type OrderSource, pictureOrder, saidOrder } from '../../src/stages/picture-order.ts';

type Shown = OrderSource['photos'][number];

const photo = (n: number, { sharpness = 10, warning }: { sharpness?: number; warning?: string } = {}): Shown =>
  ({
    look: (BigInt(n) * 0x1234567890abcdefn).toString(16).padStart(16, '0').slice(-16),
    quality: { sharpness, brightness: 0.5, darkest: 0.1, lightest: 0.9 },
    warnings: warning ? [{ code: warning, message: '', hint: '' }] : [],
  }) as unknown as Shown;

const order = (roles: readonly (PhotoRole | undefined)[], more: Partial<OrderSource> & { readonly cover?: number } = {}) =>
  pictureOrder({
    photos: roles.map((_, at) => photo(at + 1)),
    described: {
      roles: roles.flatMap((role, at) => (role ? [{ photo: at + 1, role }] : [])),
      ...(more.cover === undefined ? {} : { cover: more.cover }),
    },
    held: new Set(),
    said: undefined,
    ...more,
  });

describe('the order of the pictures', () => {
  it('is front, back, sides, box, details, measurements, label, flaws', () => {
    expect(order(['flaw', 'label', 'measurement', 'detail', 'box', 'side', 'back', 'front'])).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(order(['label', 'front', 'front', 'flaw', 'back'])).toEqual([2, 3, 5, 1, 4]);
  });

  it('begins with the cover that the model chose', () => {
    expect(order(['front', 'back', 'front'], { cover: 3 })).toEqual([3, 1, 2]);
  });

  it.each(['photo.blurred', 'photo.dark', 'photo.overexposed'])(
    'but never with a bad one (%s): the sharpest front comes first',
    (warning) => {
      const photos = [photo(1, { sharpness: 5 }), photo(2, { sharpness: 20 }), photo(3, { warning })];
      expect(order(['front', 'front', 'front'], { cover: 3, photos })).toEqual([2, 1, 3]);
    },
  );

  it('nor with one that holds the item, or has something wrong with it', () => {
    expect(order(['front', 'back'], { cover: 1, held: new Set([1]) })).toEqual([2, 1]);
    const problems = [{ photo: 1, kind: 'watermark', note: 'logo' }] as const;
    expect(order(['front', 'side', 'label'], { described: { roles: [{ photo: 1, role: 'front' }], cover: 1, problems } })).toEqual([
      2, 1, 3,
    ]);
    expect(order(['front'], { cover: 1, held: new Set([1]) })).toEqual([1]);
  });

  it('puts a shot that no model saw beside its like', () => {
    const photos = [photo(1), photo(2), { ...photo(3), look: photo(2).look }];
    expect(order(['label', 'back', undefined], { photos })).toEqual([2, 3, 1]);
  });

  it('puts labels last where nothing else is known, and none of them first', () => {
    expect(order(['label', undefined, 'label', undefined])).toEqual([2, 4, 1, 3]);
    expect(order(['label', 'label'])).toEqual([1, 2]);
  });

  it('stays as it is without a model, and where the seller has said it', () => {
    expect(order([undefined, undefined, undefined])).toEqual([1, 2, 3]);
    expect(order(['flaw', 'front'], { said: [1, 2], cover: 2 })).toEqual([1, 2]);
  });

  it.each(['photo.blurred', 'photo.dark', 'photo.screenshot'])(
    'without a model the first that is fit is the cover, not one with %s',
    (warning) => {
      const photos = [photo(1, { warning }), photo(2, { warning }), photo(3), photo(4)];
      const none = [undefined, undefined, undefined, undefined];
      expect(order(none, { photos })).toEqual([3, 1, 2, 4]);
      expect(order(none, { photos, held: new Set([3]) })).toEqual([4, 1, 2, 3]);
      expect(order(none, { photos, said: [1, 2, 3, 4] })).toEqual([1, 2, 3, 4]);
      expect(order([undefined, undefined], { photos: photos.slice(0, 2) })).toEqual([1, 2]);
    },
  );

  it('never loses or doubles a photo', () => {
    const roles = fc.array(fc.option(fc.constantFrom(...PHOTO_ROLES), { nil: undefined }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(roles, fc.nat(30), fc.array(fc.nat(24)), (given, cover, held) => {
        const numbers = order(given, { cover, held: new Set(held) });
        expect([...numbers].sort((a, b) => a - b)).toEqual(given.map((_, at) => at + 1));
      }),
    );
  });
});

it('the seller’s names tell the order, with or without ending, in any case; what they leave out follows', () => {
  const files = ['a.jpg', 'b.JPG', 'c.heic', 'd.jpg'];
  const item = (photos: readonly string[] | undefined) =>
    ({ photos: files.map((path) => ({ path: `/x/${path}`, sha256: path })), seller: photos ? { photos } : {} }) as never;
  const prepared = files.map((source) => ({ source })) as never;
  expect(saidOrder(prepared, item(['C', 'b.jpg']))).toEqual([3, 2, 1, 4]);
  expect(saidOrder(prepared, item(undefined))).toBeUndefined();
});
