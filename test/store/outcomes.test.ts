import { describe, expect, it } from 'vitest';
import type { StageOutcome, Store } from '../../src/core/ports/store.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { done, item } from './support/samples.ts';
import { claimed, open, tempFile } from './support/world.ts';

const shirt = item('shirt');
const STAGES = ['prepare', 'read', 'draft', 'classify', 'specify', 'price', 'check', 'upload', 'publish'];

async function storeWithShirt(file = tempFile()): Promise<Store> {
  const store = await open(file);
  await store.items.save(shirt, undefined);
  return store;
}

describe('outcomes', () => {
  it('come back as they were recorded, one for each stage', async () => {
    const store = await storeWithShirt();
    const claim = await claimed(store, shirt);
    const reason = { code: 'aspect.missing', message: 'Size is required.', hint: 'Set it.' } as const;
    const started: StageOutcome = { itemId: shirt.id, stage: 'prepare', fingerprint: 'f', kind: 'started', attempts: 0, startedAt: 'then' };
    const held: StageOutcome = {
      ...started,
      stage: 'specify',
      kind: 'held',
      reason,
      partial: { title: 'Shirt' },
      attempts: 2,
      finishedAt: 'now',
    };
    await store.outcomes.record(started, claim);
    await store.outcomes.record(held, claim);
    expect(await store.outcomes.ofItem(shirt.id)).toEqual([started, held]);

    const output = { words: ['a', '“b”', '🧥'], deep: { price: 12.5, none: null } };
    const finished: StageOutcome = { ...started, kind: 'done', output, attempts: 1, finishedAt: 'now' };
    await store.outcomes.record(finished, claim);
    expect(await store.outcomes.ofItem(shirt.id)).toEqual([finished, held]);
    await store.outcomes.record(started, claim);
    expect(await store.outcomes.ofItem(shirt.id)).toEqual([started, held]);
    expect((await store.outcomes.ofItem(shirt.id))[0]).not.toHaveProperty('output');
  });

  it('with an output can be copied and written as JSON like plain objects', async () => {
    const store = await storeWithShirt();
    await store.outcomes.record(done(shirt, 'draft', { title: 'Shirt' }), await claimed(store, shirt));
    const [outcome] = await store.outcomes.ofItem(shirt.id);
    expect({ ...outcome }).toEqual(done(shirt, 'draft', { title: 'Shirt' }));
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(done(shirt, 'draft', { title: 'Shirt' }));
    expect(outcome?.output).toBe(outcome?.output);
  });

  it('in the summary are complete, with the outputs of three stages only', async () => {
    const store = await storeWithShirt();
    const boots = item('boots');
    await store.items.save(boots, undefined);
    for (const each of [shirt, boots]) {
      const claim = await claimed(store, each);
      for (const stage of STAGES) await store.outcomes.record(done(each, stage, { of: stage }), claim);
    }
    const summary = await store.outcomes.summary();
    expect(summary).toHaveLength(2 * STAGES.length);
    const outputs = summary.filter(({ itemId }) => itemId === boots.id).map(({ stage, output }) => [stage, output]);
    const expected = STAGES.map((stage) => [stage, ['specify', 'price', 'publish'].includes(stage) ? { of: stage } : undefined]);
    expect(outputs).toEqual(expected);
  });

  it('are forgotten by stage, with their outputs', async () => {
    const file = tempFile();
    const store = await storeWithShirt(file);
    const claim = await claimed(store, shirt);
    for (const stage of STAGES) await store.outcomes.record(done(shirt, stage), claim);
    await store.outcomes.forget(shirt.id, ['upload', 'publish', 'unknown']);
    expect((await store.outcomes.ofItem(shirt.id)).map(({ stage }) => stage)).toEqual(STAGES.slice(0, 7));
    const { db } = await openDatabase(file, 'practice');
    expect(db.prepare('SELECT count(*) FROM outputs').pluck().get()).toBe(7);
    db.close();
  });

  it('of an item that is not stored are a bug, not a record', async () => {
    const store = await storeWithShirt();
    const nobody = item('nobody');
    await expect(store.outcomes.record(done(nobody, 'draft'), await claimed(store, nobody))).rejects.toThrow('FOREIGN KEY');
  });
});

describe('the plans of the statements that grow with the store', () => {
  it('use an index or read every row once, and never sort', async () => {
    const { db } = await openDatabase(tempFile(), 'practice');
    const sql = await import('../../src/store/item-sql.ts');
    const services = await import('../../src/store/service-sql.ts');
    const planOf = (statement: string): string => {
      const names = [...statement.matchAll(/@(\w+)/g)].map(([, name]) => [name, null]);
      const rows = db
        .prepare(`EXPLAIN QUERY PLAN ${statement}`)
        .all(...(names.length > 0 ? [Object.fromEntries(names)] : Array(statement.split('?').length - 1).fill(null)));
      return rows.map((row) => (row as { detail: string }).detail).join('\n');
    };
    const mustSeek = { ...sql, ...services } as Record<string, string>;
    // These read a whole table by design; json_each is the list the caller gave.
    const whole = ['ALL_ITEMS', 'ALL_IDS', 'ALL_PHOTOS', 'OUTCOME_SUMMARY', 'COUNT_APPROVALS', 'SPENT_BY_ITEM', 'LOOK_MARKS', 'LATEST_RUN'];
    // A row a service: a dozen.
    whole.push('OPEN_BREAKERS', 'CALLS_OF_DAY', 'ALLOWANCES');
    const scanning = Object.entries(mustSeek)
      .filter(([name]) => !whole.includes(name))
      .filter(([, statement]) => /SCAN (?!wanted|json_each|CONSTANT)/.test(planOf(statement)));
    expect(scanning.map(([name]) => name)).toEqual([]);
    expect(planOf(sql.OUTCOME_SUMMARY)).toMatch(/^SCAN o\nSEARCH p USING INTEGER PRIMARY KEY/);
    expect(planOf(sql.PHOTOS_IN_WORK)).toMatch(/^SEARCH c USING INDEX claims_by_owner .*\nSEARCH p USING/);
    expect(planOf(sql.ALL_PHOTOS)).not.toContain('TEMP B-TREE');
    expect(planOf(services.SPENT_BY_ITEM)).toContain('COVERING INDEX');
    db.close();
  });
});
