import { describe, expect, it } from 'vitest';
import { noteCorrections, noteKept } from '../../src/app/edit/corrections.ts';
import { fieldsOf } from '../../src/app/edit/fields.ts';
import { layEdit, NO_EDIT } from '../../src/app/edit/lay-edit.ts';
import { statsView } from '../../src/app/stats/stats.ts';
import { mergeFacts } from '../../src/core/merge-facts.ts';
import type { StageOutcome, Store, StoredItem } from '../../src/core/ports/store.ts';
import type { SellerFacts } from '../../src/core/seller-facts.ts';
import { done, item } from '../store/support/samples.ts';
import { claimed, movableClock, open, tempFile } from '../store/support/world.ts';
import { defaultSettings } from '../support/settings.ts';

const clock = movableClock();
const label = (value: string) => ({ value, confidence: 0.9, evidence: [{ from: 'label' as const, photo: 1, text: value }] });
const picture = (value: string) => ({ value, confidence: 0.9, evidence: [{ from: 'picture' as const, photo: 1, note: value }] });

/** What the stages made of a shirt. */
function stagesOf(one: StoredItem['item']): readonly StageOutcome[] {
  const facts = { brand: label('Fenward'), size: label('M'), color: picture('Purple') };
  return [
    done(one, 'draft', { provider: 'openai', model: 'gpt-4o', facts, unknowns: {}, categoryQueries: [] }),
    done(one, 'classify', { category: { id: '15687', name: 'T-Shirts', ancestors: [] } }),
    done(one, 'specify', {
      title: 'Fenward Purple Shirt M',
      aspects: {
        Brand: { values: ['Fenward'], fact: facts.brand },
        'US Size': { values: ['M'], fact: facts.size },
        Color: { values: ['Purple'], fact: facts.color },
      },
      condition: { id: '3000', word: 'USED_EXCELLENT', label: 'Pre-owned' },
    }),
    done(one, 'price', { price: { minor: 1499, currency: 'USD' }, basis: { kind: 'asking-prices' } }),
  ];
}

async function shirt(store: Store, sidecar: SellerFacts = {}) {
  const one = item('shirt', { seller: sidecar });
  await store.items.save(one, undefined);
  const claim = await claimed(store, one);
  for (const outcome of stagesOf(one)) await store.outcomes.record(outcome, claim);
  const say = async (edit: Partial<typeof NO_EDIT>): Promise<void> => {
    const stored = (await store.items.get(one.id)) as StoredItem;
    const set = layEdit(stored, { ...NO_EDIT, ...edit });
    await noteCorrections(
      { store, clock },
      { stored, outcomes: await store.outcomes.ofItem(one.id) },
      mergeFacts(stored.sidecar, set),
      'edit',
    );
    await store.items.setFacts(one.id, set);
  };
  const seen = async () => ({ stored: (await store.items.get(one.id)) as StoredItem, outcomes: await store.outcomes.ofItem(one.id) });
  const kept = async (): Promise<ReadonlyMap<string, readonly unknown[]>> =>
    new Map((await store.corrections.ofItem(one.id)).map((row) => [row.field, [row.verdict, row.proposed, row.value]]));
  return { one, say, seen, kept };
}

describe('what the seller changes of a proposal', () => {
  it('is kept with proposal, provider and model, once for each field; a private note and a cost are not', async () => {
    const store = await open(tempFile());
    const { one, say, kept } = await shirt(store);
    await say({ set: { color: 'Blue', gtin: '4006381333931', privateNote: 'from aunt Mabel', cost: { minor: 300, currency: 'USD' } } });
    await say({ set: { color: 'Navy' }, remove: ['aspects.US Size'] });
    expect(await kept()).toEqual(
      new Map([
        ['color', ['changed', 'Purple', 'Navy']],
        ['gtin', ['added', null, '4006381333931']],
        ['aspects.US Size', ['removed', 'M', null]],
      ]),
    );
    expect((await store.corrections.ofItem(one.id)).find(({ field }) => field === 'color')).toMatchObject({
      provider: 'openai',
      model: 'gpt-4o',
      evidence: 'picture',
      by: 'edit',
    });
    expect(JSON.stringify(await store.corrections.since(''))).not.toContain('Mabel');
    // Said right after all, and taken back.
    await say({ set: { color: 'purple' }, unset: ['aspects.US Size', 'gtin'] });
    expect(await kept()).toEqual(new Map([['color', ['kept', 'Purple', 'purple']]]));
  });

  it('what the sidecar said before was never the program’s to find; nothing counts before anybody looked', async () => {
    const store = await open(tempFile());
    const { say, kept } = await shirt(store, { brand: 'Northfield', title: 'Mine' });
    await say({ set: { brand: 'Fenward', title: 'Other' } });
    expect(await kept()).toEqual(new Map());
    const unseen = item('unseen');
    await store.items.save(unseen, undefined);
    const stored = (await store.items.get(unseen.id)) as StoredItem;
    await noteCorrections({ store, clock }, { stored, outcomes: [] }, { brand: 'Fenward' }, 'edit');
    expect(await store.corrections.ofItem(unseen.id)).toEqual([]);
  });

  it('an approval keeps the rest; `stats` tells both by field, provider and evidence', async () => {
    const store = await open(tempFile());
    const { say, seen } = await shirt(store);
    await say({ set: { color: 'Blue', condition: 'Pre-owned' } });
    await noteKept({ store, clock }, await seen(), undefined);
    const view = await statsView({ store, clock, settings: defaultSettings() }, { since: '2026-01-01T00:00:00.000Z', staleDays: 60 });
    const figures = Object.fromEntries(
      view.accuracy.fields.map(({ field, kept, changed, accuracy }) => [field, [kept, changed, accuracy]]),
    );
    expect(figures).toMatchObject({ brand: [1, 0, 1], color: [0, 1, 0], title: [1, 0, 1], category: [1, 0, 1], price: [1, 0, 1] });
    expect(view.accuracy.providers.map(({ provider, model }) => [provider, model])).toEqual([
      ['openai', 'gpt-4o'],
      ['easyflip', null],
    ]);
    expect(view.accuracy.evidence.find(({ evidence }) => evidence === 'label')).toMatchObject({ kept: 2, accuracy: 1 });
    expect(
      (await statsView({ store, clock, settings: defaultSettings() }, { since: '2027-01-01T00:00:00.000Z', staleDays: 60 })).accuracy.total,
    ).toMatchObject({ reviewed: 0, accuracy: null });
  });
});

describe('an edit', () => {
  it('wins over the sidecar also where that calls the thing otherwise; what is left out is out until said again', async () => {
    const store = await open(tempFile());
    const { one, say, seen } = await shirt(store, { aspects: { Brand: ['Northfield'] }, size: 'S' });
    const value = async (field: string) => {
      const { stored, outcomes } = await seen();
      return fieldsOf(stored, outcomes).get(field)?.value;
    };
    expect([await value('brand'), await value('size')]).toEqual(['Northfield', 'S']);
    await say({ set: { brand: 'Fenward' }, remove: ['size'] });
    expect([await value('brand'), await value('size')]).toEqual(['Fenward', undefined]);
    expect((await store.items.get(one.id))?.item.seller).toEqual({ aspects: { Brand: ['Fenward'] }, brand: 'Fenward', leaveOut: ['size'] });
    await say({ set: { size: 'L' }, unset: ['brand'] });
    expect([await value('brand'), await value('size')]).toEqual(['Northfield', 'L']);
    expect((await store.items.get(one.id))?.item.seller.leaveOut).toBeUndefined();
  });
});
