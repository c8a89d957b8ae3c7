import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feesLine } from '../../src/report/schemas-after-run.ts';
import { completeItems, picture, sidecar } from '../support/items.ts';
import { finished, isWriting, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

interface Money {
  readonly value: string;
  readonly currency: string;
}
interface FeesLine {
  readonly type: string;
  readonly items: readonly {
    readonly item: string;
    readonly price: Money | null;
    readonly listing: { readonly from: string; readonly total: Money; readonly fees: readonly unknown[] } | null;
    readonly sale: { readonly from: string; readonly total: Money; readonly group: string; readonly asOf: string } | null;
  }[];
  readonly notice: { readonly code: string } | null;
}

const fees = async (...args: readonly string[]): Promise<FeesLine> => {
  const ran = await world.run('fees', '--json', ...args);
  expect(ran.code, ran.err).toBe(0);
  expect(feesLine.safeParse(ran.lines[0]).error).toBeUndefined();
  return ran.lines[0] as unknown as FeesLine;
};

describe('fees', () => {
  it('a dry run tells price and estimated fees, writes nothing and asks for no fee', async () => {
    await completeItems(world, 1);
    const ran = await world.run('list', world.photos, '--dry-run', '--json');
    expect(finished(ran).counts).toMatchObject({ listed: 1 });
    const [item] = ran.lines.filter(({ type }) => type === 'item.finished');
    // 13.6 % of 11.99 and 7.5 % tax, and 0.40 an order: the default table.
    expect(item?.estimate).toEqual({
      price: { value: '11.99', currency: 'USD' },
      fees: { value: '2.16', currency: 'USD' },
      feesAsOf: '2026-02-01',
    });
    const told = await world.run('list', world.photos, '--dry-run');
    expect(told.out).toContain('$11.99, of which eBay takes about $2.16 (estimate, fee table of 2026-02-01)');
    expect(await world.writingCalls()).toEqual([]);

    const real = await world.run('list', world.photos, '--json');
    expect(real.lines.some((line) => 'estimate' in line)).toBe(false);
  });

  it('are eBay’s own for an offer that is not live, and an estimate for the sale', async () => {
    await completeItems(world, 2);
    // The first publish is refused for good: an offer stays behind that is not live.
    const armed = await fetch(`${world.practice.url}/_practice/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ match: { path: 'publish' }, action: { type: 'error', errorId: 25007 } }]),
    });
    expect(armed.ok, await armed.text()).toBe(true);
    const ran = await world.run('list', world.photos, '--json');
    expect(finished(ran).counts.failed + finished(ran).counts.held, ran.out).toBe(2);
    const before = (await world.calls()).length;
    const items = ran.lines.filter(({ type }) => type === 'item.finished').map(({ item }) => String(item));
    const told = await fees(...items);
    expect(told.notice).toBeNull();
    for (const { listing, sale } of told.items) {
      expect(listing).toEqual({ from: 'ebay', total: { value: '0.00', currency: 'USD' }, fees: [] });
      expect(sale).toMatchObject({ from: 'estimate', group: 'everything else', asOf: '2026-02-01' });
    }
    expect(
      (await world.calls())
        .slice(before)
        .filter(isWriting)
        .map(({ path }) => path),
    ).toEqual(items.map(() => expect.stringContaining('get_listing_fees')));
    const text = (await world.run('fees', items[0] ?? '')).out;
    expect(text).toContain("listing, eBay's own figure: $0.00, no fee for listing it");
    expect(text).toMatch(/sale, estimate: \$2\.\d\d \(everything else, your fee table of 2026-02-01\)/);
  });

  it('of what is live or was never sent are the estimate alone', async () => {
    await completeItems(world, 1);
    const ran = await world.run('list', world.photos, '--json');
    const [item] = ran.lines.filter(({ type }) => type === 'item.finished').map((line) => String(line.item));
    const [live] = (await fees(item ?? '')).items;
    expect(live?.listing).toBeNull();
    expect(live?.sale?.from).toBe('estimate');
    expect((await world.run('fees', 'nothing-of-the-kind', '--json')).code).toBe(2);
  });
});

it('what others ask is kept with the item until it is live, and only as a summary then', async () => {
  const { price: _price, ...unpriced } = sidecar(1);
  world.write('shirt/a.jpg', await picture(1));
  world.write('shirt/item.json', JSON.stringify({ ...unpriced, type: 'T-Shirt' }));
  const kept = async (): Promise<readonly string[]> => {
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(join(world.data, 'practice.sqlite'), { readonly: true });
    const rows = db
      .prepare(`SELECT p.output FROM outputs p JOIN outcomes o ON o.id = p.outcome_id WHERE o.stage = 'price'`)
      .pluck()
      .all() as string[];
    db.close();
    return rows;
  };
  await world.run('list', world.photos, '--dry-run', '--json');
  expect((await kept()).map((text) => Object.keys(JSON.parse(text) as object))).toEqual([expect.arrayContaining(['basis', 'comparables'])]);
  const ran = await world.run('list', world.photos, '--json');
  expect(finished(ran).counts, ran.out).toMatchObject({ listed: 1 });
  const [text = ''] = await kept();
  expect(Object.keys(JSON.parse(text) as object)).not.toContain('comparables');
  expect(JSON.parse(text)).toMatchObject({ basis: { kind: 'asking-prices', query: 'T-Shirt' } });
  const [item] = ran.lines.filter(({ type }) => type === 'item.finished').map((line) => String(line.item));
  expect((await world.run('show', item ?? '')).out.replace(/\s+/g, ' ')).toMatch(/from \d+ asking prices for "[^"]+" on \d{4}-\d\d-\d\d/);
});
