import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reason } from '../../src/core/errors.ts';
import type { ItemId, Sku } from '../../src/core/item.ts';
import { item, photo } from './support/samples.ts';
import { movableClock, open, tempFile } from './support/world.ts';

/** Told the slow way. */
const differingBits = (a: string, b: string): number => (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;

const HOLD: Reason = { code: 'item.possible-duplicate', message: 'It looks like another item.', hint: 'Approve it if it is not.' };
const FIRST = '2026-01-02T03:04:05.000Z';

describe('items', () => {
  it('come back as they were saved, in the order of their photos', async () => {
    const store = await open(tempFile(), movableClock());
    const shirt = item('shirt', {
      seller: { brand: 'Levi’s', price: { minor: 2499, currency: 'USD' }, aspects: { Fit: ['Slim'] } },
      photos: [{ ...photo('z'), takenAt: '2026-01-01T10:00:00' }, photo('a'), photo('m')],
    });
    const boots = item('boots');
    await store.items.save(shirt, HOLD);
    await store.items.save(boots, undefined);
    const expected = [
      { item: shirt, firstSeenAt: FIRST, sidecar: shirt.seller, set: {}, intakeHold: HOLD },
      { item: boots, firstSeenAt: FIRST, sidecar: boots.seller, set: {} },
    ];
    expect(await store.items.get(shirt.id)).toEqual(expected[0]);
    expect(new Set(await store.items.all())).toEqual(new Set(expected));
    expect(await store.items.get('NOSUCHITEM234' as ItemId)).toBeUndefined();
  });

  it('may change all but id, anchor, first seen, decision and adopted listing', async () => {
    const clock = movableClock();
    const store = await open(tempFile(), clock);
    const shirt = item('shirt');
    const decision = { kind: 'approve', contentHash: 'h', at: FIRST } as const;
    const adopted = { listingId: '110001', url: 'https://example.com/110001', offerId: '9' };
    await store.items.save(shirt, HOLD);
    await store.items.decide(shirt.id, decision);
    await store.items.adopt(shirt.id, 'A1EF' as Sku, adopted);
    await store.items.setFacts(shirt.id, { size: 'M' });
    clock.ms += 60_000;

    const moved = item('shirt', { source: '/elsewhere/shirt', photos: [photo('new'), ...shirt.photos], seller: { brand: 'Boss' } });
    const saved = { ...moved, id: shirt.id, sku: 'B2EF' as Sku };
    await store.items.save(saved, undefined);
    expect(await store.items.get(shirt.id)).toEqual({
      item: { ...saved, anchor: shirt.anchor, seller: { brand: 'Boss', size: 'M' } },
      firstSeenAt: FIRST,
      sidecar: { brand: 'Boss' },
      set: { size: 'M' },
      decision,
      adopted,
    });
    expect(await store.items.bySource('/photos/shirt')).toBeUndefined();
    expect((await store.items.bySource('/elsewhere/shirt'))?.item.id).toBe(shirt.id);
  });

  it('take the facts that were set by command over those of the sidecar, aspect by aspect', async () => {
    const store = await open(tempFile());
    const shirt = item('shirt', { seller: { brand: 'Boss', size: 'L', aspects: { Fit: ['Slim'], Sleeve: ['Long'] } } });
    await store.items.save(shirt, undefined);
    await store.items.setFacts(shirt.id, { size: 'M', aspects: { Fit: ['Regular'] } });
    expect((await store.items.get(shirt.id))?.item.seller).toEqual({
      brand: 'Boss',
      size: 'M',
      aspects: { Fit: ['Regular'], Sleeve: ['Long'] },
    });
    await store.items.setFacts(shirt.id, {});
    expect((await store.items.get(shirt.id))?.item.seller).toEqual(shirt.seller);
  });

  it('of one source: the one that was saved last', async () => {
    const store = await open(tempFile());
    const old = item('first', { source: '/photos/box' });
    const young = item('second', { source: '/photos/box' });
    await store.items.save(old, undefined);
    await store.items.save(young, undefined);
    expect((await store.items.bySource('/photos/box'))?.item.id).toBe(young.id);
    await store.items.save({ ...young, source: '/photos/other' }, undefined);
    expect((await store.items.bySource('/photos/box'))?.item.id).toBe(old.id);
  });

  it('are found by any of their photos', async () => {
    const store = await open(tempFile());
    const shared = photo('shared');
    const [a, b, c] = [item('a', { photos: [photo('a'), shared] }), item('b', { photos: [shared, photo('b')] }), item('c')];
    for (const each of [a, b, c]) await store.items.save(each, undefined);
    const found = await store.items.withPhotos([shared.sha256, photo('b').sha256, photo('unknown').sha256]);
    expect(found.map(({ item }) => item.id).sort()).toEqual([a.id, b.id].sort());
    expect(await store.items.withPhotos([])).toEqual([]);
    expect(await store.items.withPhotos([photo('unknown').sha256])).toEqual([]);
  });

  it('keep the newest decision, and count approvals once for the same content', async () => {
    const store = await open(tempFile());
    const [shirt, boots] = [item('shirt'), item('boots')];
    for (const each of [shirt, boots]) await store.items.save(each, undefined);
    const approve = (contentHash: string) => ({ kind: 'approve', contentHash, at: FIRST }) as const;
    for (const hash of ['one', 'one', 'two']) await store.items.decide(shirt.id, approve(hash));
    await store.items.decide(boots.id, approve('one'));
    expect(await store.items.approvals()).toBe(3);
    await store.items.decide(shirt.id, { kind: 'skip', at: FIRST });
    expect((await store.items.get(shirt.id))?.decision).toEqual({ kind: 'skip', at: FIRST });
    await store.items.decide(shirt.id, undefined);
    expect((await store.items.get(shirt.id))?.decision).toBeUndefined();
    expect(await store.items.approvals()).toBe(3);
  });

  it('are withdrawn, and may be listed again without the listing they once had', async () => {
    const store = await open(tempFile());
    const shirt = item('shirt');
    await store.items.save(shirt, undefined);
    await store.items.adopt(shirt.id, shirt.sku, { listingId: '110001', url: '' });
    await store.items.markWithdrawn(shirt.id, FIRST);
    expect(await store.items.get(shirt.id)).toMatchObject({ withdrawnAt: FIRST, adopted: { listingId: '110001' } });
    await store.items.markWithdrawn(shirt.id, undefined);
    expect(Object.keys((await store.items.get(shirt.id)) ?? {}).sort()).toEqual(['firstSeenAt', 'item', 'set', 'sidecar']);
  });

  it('that are not there cannot be changed', async () => {
    const store = await open(tempFile());
    const nobody = item('nobody').id;
    await expect(store.items.decide(nobody, { kind: 'skip', at: FIRST })).rejects.toThrow('no item');
    await expect(store.items.setFacts(nobody, {})).rejects.toThrow('no item');
    await expect(store.items.markWithdrawn(nobody, FIRST)).rejects.toThrow('no item');
    expect(await store.items.approvals()).toBe(0);
  });
});

describe('looks', () => {
  it('near ones of other items are found, kept up to date whoever changes them', async () => {
    const file = tempFile();
    const [mine, theirs] = [await open(file, movableClock()), await open(file, movableClock())];
    const [a, b] = [item('a', { photos: [photo('a1'), photo('a2')] }), item('b', { photos: [photo('b1')] })];
    const [x, y, z] = ['00ff00ff00ff00ff', '1111111111111111', '2222222222222222'];
    const of = (who: typeof mine, id = b.id) =>
      who.items.nearDuplicates(id, [x, y, z]).then((near) => near.map((one) => `${one.photo.slice(0, 4)} ${one.ownPhoto}`));
    const [a1, a2] = a.photos.map(({ sha256 }) => sha256.slice(0, 4));

    await mine.items.rememberLook(photo('a1').sha256, x);
    expect(await of(theirs)).toEqual([]);
    for (const each of [a, b]) await mine.items.save(each, undefined);
    expect(await of(theirs)).toEqual([`${a1} 1`]);
    await mine.items.rememberLook(photo('a2').sha256, y);
    expect(await of(theirs)).toEqual([`${a1} 1`, `${a2} 2`]);
    await theirs.items.rememberLook(photo('a2').sha256, z);
    expect(await of(mine)).toEqual([`${a1} 1`, `${a2} 3`]);
    await theirs.items.save({ ...a, photos: [photo('a2')] }, undefined);
    expect(await of(mine)).toEqual([`${a2} 3`]);
    expect(await of(mine, a.id)).toEqual([]);
    expect(await mine.items.nearDuplicates(b.id, [z])).toEqual([
      { itemId: a.id, photo: photo('a2').sha256, firstSeenAt: FIRST, ownPhoto: 1, passed: false },
    ]);
  });

  it('are those that comparing with each would find', async () => {
    const store = await open(tempFile(), movableClock());
    const hex = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 16, maxLength: 16 }).map((digits) => digits.join(''));
    const flips = fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 7 });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(hex, fc.array(flips, { minLength: 1, maxLength: 6 }), async (base, changes) => {
        const looks = changes.map((bits) => bits.reduce((look, bit) => look ^ (1n << BigInt(bit)), BigInt(`0x${base}`)));
        const names = looks.map((look) => look.toString(16).padStart(16, '0'));
        const items = names.map((look) => ({ look, one: item(`p${++made}`, { photos: [photo(`p${made}`)] }) }));
        for (const { look, one } of items) {
          await store.items.save(one, undefined);
          await store.items.rememberLook(one.photos[0]?.sha256 as never, look);
        }
        const near = new Set((await store.items.nearDuplicates('nobody' as never, [base])).map(({ itemId }) => itemId));
        for (const { look, one } of items) expect(near.has(one.id), `${look} ${base}`).toBe(differingBits(look, base) <= 4);
      }),
      { numRuns: 60 },
    );
  });
});
