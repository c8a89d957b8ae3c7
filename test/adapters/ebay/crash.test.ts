import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalStore, Marketplace, ReadyListing } from '../../../src/core/ports/index.ts';
import { call, newSku, readyListing } from '../../contract/marketplace.ts';
import { type PracticeWorld, practiceWorld } from './practice-world.ts';
import { ebay, everythingOf, type MemoryJournal, memoryJournal, PRACTICE_CREDENTIALS, thrownBy } from './support.ts';

/*
 * Every way to be cut off between deciding to list and knowing that it is listed ends, after another try
 * with what the journal kept, in exactly one live listing with the approved content.
 */

let world: PracticeWorld;
let base: ReadyListing;
beforeAll(async () => {
  world = await practiceWorld();
  base = await readyListing(world.connect(), world);
});
afterAll(() => world?.close());

const fresh = (title: string): ReadyListing => ({ ...base, sku: newSku(), content: { ...base.content, title } });
const listed = async (listing: ReadyListing) => (await world.listings()).filter(({ sku }) => sku === listing.sku);

async function expectListedOnce(listing: ReadyListing): Promise<void> {
  expect(await listed(listing)).toEqual([expect.objectContaining({ title: listing.content.title, isLive: true })]);
}

/** Dies at the n-th write to the journal: either just before it is durable, or just after. */
function mortal(journal: MemoryJournal, at: number, when: 'before' | 'after'): JournalStore & { readonly died: () => boolean } {
  let writes = 0;
  const guarded =
    <A extends unknown[]>(write: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      writes += 1;
      if (writes > at || (writes === at && when === 'before')) throw new Error('the program has died');
      await write(...args);
      if (writes === at) throw new Error('the program has died');
    };
  return {
    read: async (key) => {
      if (writes >= at) throw new Error('the program has died');
      return await journal.read(key);
    },
    ofScope: journal.ofScope,
    sent: guarded(journal.sent),
    answered: guarded(journal.answered),
    drop: guarded(journal.drop),
    dropScope: guarded(journal.dropScope),
    died: () => writes >= at,
  };
}

describe('killed at any write of the journal', () => {
  // Content, item, offer, publish: each sent and answered. One more shows that there is no further write.
  const FIRST_WRITES = 8;
  // The old answers are forgotten first.
  const UPDATE_WRITES = 9;
  const points = (writes: number): number[] => Array.from({ length: writes + 1 }, (_, at) => at + 1);

  test.each(['before', 'after'] as const)('a first listing: %s it is durable', async (when) => {
    const died = await Promise.all(
      points(FIRST_WRITES).map(async (at) => {
        const listing = fresh(`Killed ${when} write ${at}`);
        const journal = memoryJournal();
        const dying = mortal(journal, at, when);
        const [first] = await Promise.allSettled([world.connect(dying).publish(listing, call())]);
        expect(first?.status).toBe(dying.died() ? 'rejected' : 'fulfilled');
        await world.connect(journal).publish(listing, call());
        await expectListedOnce(listing);
        return dying.died();
      }),
    );
    expect(died).toEqual(points(FIRST_WRITES).map((at) => at <= FIRST_WRITES));
  });

  test.each(['before', 'after'] as const)('an update of a live one: %s it is durable', async (when) => {
    const died = await Promise.all(
      points(UPDATE_WRITES).map(async (at) => {
        const listing = fresh(`Before the update ${at}`);
        const journal = memoryJournal();
        const { listingId } = await world.connect(journal).publish(listing, call());
        const changed = {
          ...listing,
          content: { ...listing.content, title: `Updated ${when} ${at}`, price: { minor: 1000 + at, currency: 'USD' } },
        };
        const dying = mortal(journal, at, when);
        await Promise.allSettled([world.connect(dying).publish(changed, call())]);
        expect(await world.connect(journal).publish(changed, call())).toMatchObject({ listingId });
        expect(await listed(changed)).toEqual([
          expect.objectContaining({ listingId, title: changed.content.title, priceMinor: 1000 + at, isLive: true }),
        ]);
        return dying.died();
      }),
    );
    expect(died).toEqual(points(UPDATE_WRITES).map((at) => at <= UPDATE_WRITES));
  });

  test.each(['before', 'after'] as const)('a withdrawal: %s it is durable', async (when) => {
    const listing = fresh(`Withdrawn ${when}`);
    const journal = memoryJournal();
    await world.connect(journal).publish(listing, call());
    await thrownBy(world.connect(mortal(journal, 1, when)).withdraw(listing.sku, call()));
    await world.connect(journal).withdraw(listing.sku, call());
    expect(await world.connect().find([listing.sku], call())).toMatchObject([{ state: 'withdrawn' }]);
  });
});

const STEPS = [
  'sell_inventory.bulkCreateOrReplaceInventoryItem',
  'sell_inventory.bulkCreateOffer',
  'sell_inventory.bulkPublishOffer',
] as const;
const WIRE_PATHS: Record<(typeof STEPS)[number], string> = {
  'sell_inventory.bulkCreateOrReplaceInventoryItem': '/bulk_create_or_replace_inventory_item',
  'sell_inventory.bulkCreateOffer': '/bulk_create_offer',
  'sell_inventory.bulkPublishOffer': '/bulk_publish_offer',
};
const refusal = (status: number, errorId: number, domain: string) => ({
  type: 'answer',
  status,
  body: { errors: [{ errorId, domain, category: 'REQUEST', message: 'Injected.' }] },
});
const ACTIONS: Record<string, unknown> = {
  'drop-after': { type: 'drop-after' },
  reset: { type: 'reset' },
  'html-503': { type: 'html-503' },
  'malformed-json': { type: 'malformed-json' },
  '500/25001': refusal(500, 25001, 'API_INVENTORY'),
  '429/2001': refusal(429, 2001, 'ACCESS'),
  '401/1001': refusal(401, 1001, 'OAuth'),
  '403/1100': refusal(403, 1100, 'ACCESS'),
};
const CASES = STEPS.flatMap((operation) => Object.keys(ACTIONS).map((action) => [operation, action] as const));

describe('one call goes wrong', () => {
  test.each(CASES)('%s, %s: the retry within the same run lists once', async (operation, action) => {
    const listing = fresh(`${action} within a run`);
    await world.faults({ match: { operation: `^${operation}$` }, nth: 1, action: ACTIONS[action] });
    const receipt = await world.connect(memoryJournal()).publish(listing, call());
    await world.faults();
    await expectListedOnce(listing);
    expect(receipt.listingId).toBe((await listed(listing))[0]?.listingId);
  });

  const LOST = CASES.filter(([, action]) => action === 'drop-after' || action === 'malformed-json' || action === 'html-503');

  test.each(LOST)('%s, %s, and the run ends there: the next one lists once', async (operation, action) => {
    const listing = fresh(`${action} ends the run`);
    const journal = memoryJournal();
    // Nor can the run look what became of it.
    await world.faults(
      { match: { operation: `^${operation}$` }, action: ACTIONS[action] },
      { match: { operation: 'getOffer$' }, action: { type: 'reset' } },
    );
    const error = await thrownBy(ebay(world.url, { journal, outgoingSettings: { tries: 1 } }).publish(listing, call()));
    await world.faults();
    expect(error).toMatchObject({ retryable: true, mayHaveHappened: true });
    for (const secret of [PRACTICE_CREDENTIALS.certId, PRACTICE_CREDENTIALS.refreshToken])
      expect(everythingOf(error)).not.toContain(secret);
    expect([...journal.rows.values()].filter(({ entry }) => entry.state === 'sent')).toHaveLength(1);

    const before = (await world.requests()).length;
    await world.connect(journal).publish(listing, call());
    await expectListedOnce(listing);
    const repeated = (await world.requests()).slice(before).filter(({ path }) => path.endsWith(WIRE_PATHS[operation]));
    // What went through is found by reading, and is not sent again.
    expect(repeated).toHaveLength(action === 'html-503' ? 1 : 0);
  });

  test('a publish whose answer was lost is looked up at once', async () => {
    const listing = fresh('Looked up at once');
    await world.faults({ match: { operation: '^sell_inventory.bulkPublishOffer$' }, action: { type: 'drop-after' } });
    const receipt = await ebay(world.url, { outgoingSettings: { tries: 1 } }).publish(listing, call());
    await world.faults();
    expect(await listed(listing)).toMatchObject([{ listingId: receipt.listingId, isLive: true }]);
  });
});

describe('a bad day', () => {
  test('a fifth of all calls fails in one way or another: every item is listed once', async () => {
    const kinds = Object.entries(ACTIONS).filter(([name]) => !name.startsWith('40'));
    await world.faults(...kinds.map(([, action], at) => ({ match: { operation: 'sell_' }, rate: 0.035, seed: at + 1, action })));
    const journal = memoryJournal();
    const market: Marketplace = ebay(world.url, { journal });
    const many = Array.from({ length: 40 }, (_, at) => fresh(`Bad day ${at}`));
    let waiting = many;
    for (let round = 0; round < 5 && waiting.length > 0; round += 1) {
      const results = await Promise.allSettled(waiting.map((listing) => market.publish(listing, call())));
      waiting = waiting.filter((_, at) => results[at]?.status === 'rejected');
    }
    await world.faults();
    expect(waiting).toEqual([]);
    const shown = (await world.listings()).filter(({ title }) => title.startsWith('Bad day'));
    expect(shown.map(({ title }) => title).sort()).toEqual(many.map(({ content }) => content.title).sort());
  });

  test.each(['sell_inventory.bulkUpdatePriceQuantity', 'sell_inventory.withdrawOffer'])(
    'withdraw, answer of %s lost: it is withdrawn',
    async (operation) => {
      const listing = fresh('Withdrawn in the dark');
      const market = world.connect(memoryJournal());
      await market.publish(listing, call());
      await world.faults({ match: { operation: `^${operation}$` }, nth: 1, action: { type: 'drop-after' } });
      await market.withdraw(listing.sku, call());
      await world.faults();
      expect(await market.find([listing.sku], call())).toMatchObject([{ state: 'withdrawn' }]);
    },
  );

  test('a lost answer to an update is no second listing', async () => {
    const listing = fresh('To be updated');
    const journal = memoryJournal();
    const { listingId } = await world.connect(journal).publish(listing, call());
    await world.faults({ match: { operation: '^sell_inventory.updateOffer$' }, nth: 1, action: { type: 'drop-after' } });
    const changed = { ...listing, content: { ...listing.content, price: { minor: 777, currency: 'USD' } } };
    expect(await world.connect(journal).publish(changed, call())).toMatchObject({ listingId, created: false });
    await world.faults();
    expect(await listed(listing)).toEqual([expect.objectContaining({ listingId, priceMinor: 777 })]);
  });
});
