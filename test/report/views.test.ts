import { expect, it } from 'vitest';
import { plannedItemJson, renderPlan } from '../../src/report/scan-plan.ts';
import { show, status } from '../../src/report/schemas-items.ts';
import { scanLine } from '../../src/report/schemas-run.ts';
import { renderShow, showJson } from '../../src/report/show.ts';
import { renderStatus, statusJson } from '../../src/report/status.ts';
import type { PlannedItem } from '../../src/report/views.ts';
import { CWD, reason } from './fake-run.ts';
import { showView, statusItem } from './sample-view.ts';

/** Nothing to tell of services. */
const QUIET = { services: [], allowances: [], paused: [], batches: [] };
const style = { color: false, columns: 100, cwd: CWD };
const held = statusItem('cup', {
  state: 'held',
  stage: 'price',
  price: null,
  title: null,
  listingId: null,
  listingUrl: null,
  costUsd: 0,
  reason: reason('price.no-basis', 'No comparable listings.'),
});

it('status shows counts, a table, and who waits for what', () => {
  const text = renderStatus(
    { environment: 'practice', ...QUIET, items: [statusItem('mug'), held, statusItem('jug', { state: 'waiting', stage: null })] },
    style,
  );
  expect(text.split('\n')).toEqual([
    '3 items in practice: 1 live, 1 waiting, 1 held; cost $0.025',
    '',
    'ID   STATE    STAGE     PRICE  TITLE     SOURCE',
    'CUP  held     price         -  -         photos/cup',
    'JUG  waiting  -        $24.99  Blue mug  photos/jug',
    'MUG  live     publish  $24.99  Blue mug  photos/mug',
    '',
    'Waiting for you:',
    '  CUP  No comparable listings. [price.no-basis]',
    '    easyflip approve CUP --set price=AMOUNT',
    '',
    'Next: easyflip resume continues 1 item',
    '',
  ]);
});

it('status keeps the crowd of live items out of the way unless asked', () => {
  const items = Array.from({ length: 30 }, (_, at) => statusItem(`i${at}`));
  expect(renderStatus({ environment: 'practice', ...QUIET, items }, style)).toContain(
    'and 10 more that need nothing (status --json has all)',
  );
  expect(renderStatus({ environment: 'practice', ...QUIET, items }, { ...style, all: true })).toContain('I29  live');
  expect(renderStatus({ environment: 'practice', ...QUIET, items: [] }, style)).toBe(
    'No items in practice yet.\nNext: easyflip list FOLDER\n',
  );
});

/** All pieces of the one line. */
async function statusLine(...[standing, items]: Parameters<typeof statusJson>): Promise<string> {
  let line = '';
  for await (const piece of statusJson(standing, items)) line += piece;
  return line;
}

it('status --json is exactly the published object', async () => {
  const line = await statusLine(QUIET, [statusItem('mug'), held]);
  expect(line).toBe(
    '{"items":[' +
      '{"id":"MUG","sku":"EFMUG","source":"/home/seller/photos/mug","photos":3,"state":"live","stage":"publish","title":"Blue mug","categoryId":"20696",' +
      '"price":{"value":"24.99","currency":"USD"},"listingId":"110","listingUrl":"https://example.test/itm/110","reason":null,"attempts":9,"costUsd":0.0123},' +
      '{"id":"CUP","sku":"EFCUP","source":"/home/seller/photos/cup","photos":3,"state":"held","stage":"price","title":null,"categoryId":"20696",' +
      '"price":null,"listingId":null,"listingUrl":null,"reason":{"code":"price.no-basis","message":"No comparable listings.","hint":"Do this."},"attempts":9,"costUsd":0}],"counts":{"items":2,"live":1,"sold":0,"ended":0,"waiting":0,"held":1,"failed":0,"skipped":0,"withdrawn":0},' +
      '"batches":[],"services":[],"paused":[],"allowances":[]}\n',
  );
  expect(status.safeParse(JSON.parse(line)).error).toBeUndefined();
});

it('status --json is one object however many items there are', async () => {
  for (const many of [0, 1, 99, 100, 101, 250]) {
    const line = await statusLine(
      QUIET,
      Array.from({ length: many }, (_, at) => statusItem(`cup-${at}`, { title: 'two\u2028lines' })),
    );
    const { counts, items } = status.parse(JSON.parse(line));
    expect([counts.items, counts.live, new Set(items.map(({ id }) => id)).size]).toEqual([many, many, many]);
    expect(line).toMatch(/^[^\n\u2028]+\n$/u);
  }
});

it('status --json that breaks off ends its line, so that the error has one of its own', async () => {
  async function* breaking(many: number) {
    for (let at = 0; at < many; at += 1) yield statusItem(`cup-${at}`, {});
    throw new Error('the disk went away');
  }
  for (const [many, last] of [
    [3, undefined],
    [150, '\n'],
  ] as const) {
    let line = '';
    const reading = async () => {
      for await (const piece of statusJson(QUIET, breaking(many))) line += piece;
    };
    await expect(reading()).rejects.toThrow('the disk went away');
    expect(line.at(-1)).toBe(last);
  }
});

it('show tells facts with evidence, stages, and the command that settles it', () => {
  expect(renderShow(showView, { ...style, columns: 120 }).split('\n')).toEqual([
    'Blue mug',
    'MUG  SKU EFMUG  held, specify, 3 photos, cost $0.012',
    'photos/mug',
    '',
    'category   20696 Pottery & Glass > Mugs',
    'condition  USED_EXCELLENT (3000)',
    'parcel     12 ounce, an estimate',
    'price      $24.99, from 12 asking prices for "blue mug" on 2026-05-01: $9.99 to $40.00, median $18.50',
    'decision   hold, 2026-05-01T11:00:00.000Z',
    '',
    'Item specifics',
    '  Color: Blue (seen on photo 1: blue glaze)',
    '',
    'Facts',
    '  FACT   VALUE   SURE  PROVEN  EVIDENCE',
    '  color  Blue    90 %  yes     seen on photo 1: blue glaze',
    '  brand  Denby   95 %  no      folder name "denby mug"',
    '  mpn    D-1    100 %  yes     label on photo 2: "No. D-1"; you said so (mpn)',
    '',
    'Not known',
    '  material: no label names it',
    '',
    'Description',
    '  A mug.',
    '  No chips.',
    '',
    'Photos',
    '   1  photos/mug/1.jpg  4032 x 3024, taken 2026-04-30 15:11:19, shown as 2',
    '      removed: location, camera',
    '      changed: brightened by 12 %',
    '   2  photos/mug/2.jpg  3024 x 4032, the cover',
    '      holds it: Photo 2 shows a phone number: "555-123-4567". [photo.contact-details]',
    '      warning: The photo looks blurred. [photo.blurred]',
    '',
    'Stages',
    '  STAGE    RESULT      TRIES  STARTED                    TOOK  REASON',
    '  prepare  done            1  2026-05-01T10:00:00.000Z  1.2 s',
    '  specify  held            2  2026-05-01T10:00:10.000Z    2 s  No brand was found. [facts.missing]',
    '  price    unfinished      1  2026-05-01T10:00:12.000Z      -',
    '',
    'What happened',
    '  2026-05-01 09:00:05 classify (2 attempts): eBay did not answer in time. [provider.timeout]',
    '  done outside: 2 pictures at 2026-05-01 09:01:00',
    '  calls: taxonomy 3 (2 failed), media 2; 4 s; cost $0.012',
    '',
    'No brand was found. [facts.missing]',
    'Name the brand.',
    'Next: easyflip approve MUG --set NAME=VALUE',
    '',
  ]);
});

it('show --json satisfies its schema and carries the evidence', () => {
  const json = showJson(showView);
  expect(show.safeParse(json).error).toBeUndefined();
  expect(json).toMatchObject({
    id: 'MUG',
    photos: [{ number: 1, path: '/home/seller/photos/mug/1.jpg' }, { number: 2 }],
    priceBasis: { kind: 'asking-prices', median: { value: '18.50', currency: 'USD' } },
    aspects: [{ name: 'Color', values: ['Blue'], evidence: [{ from: 'picture', photo: 1, note: 'blue glaze' }] }],
    next: 'easyflip approve MUG --set NAME=VALUE',
  });
  const live = { ...showView, item: statusItem('mug'), priceBasis: { kind: 'seller' as const }, decision: null, condition: null };
  expect(showJson(live)).toMatchObject({ next: null, priceBasis: { kind: 'seller' } });
  expect(show.safeParse(showJson(live)).error).toBeUndefined();
});

const grouped = (path: string): Pick<PlannedItem, 'border' | 'why' | 'confidence' | 'files'> => ({
  border: { kind: 'time', why: '95 s after the photo before', confidence: 0.9 },
  why: path.includes('\u001b') ? path : '4 photos taken together',
  confidence: 0.75,
  files: [{ path, sameShotAs: null }],
});

it('nothing from outside drives the terminal', () => {
  const evil = 'x\u001b[2J\u001b]8;;http://evil.example\u0007y\r\n\u009b31mz';
  const item = statusItem('mug', { title: evil, source: `${CWD}/${evil}`, state: 'held', reason: reason('check.failed', evil, evil) });
  const fact = { value: evil, confidence: 1, evidence: [{ from: 'label', photo: 1, text: evil }] } as const;
  const view = {
    ...showView,
    item,
    description: evil,
    aspects: [{ name: evil, values: [evil], fact }],
    facts: [{ name: 'brand', fact, proven: true }],
    categoryPath: evil,
  } as const;
  const plan: PlannedItem = {
    item: item.id,
    sku: item.sku,
    source: evil,
    photos: 1,
    action: 'held',
    title: null,
    reason: item.reason,
    ...grouped(evil),
  };
  for (const text of [
    renderStatus({ environment: 'practice', ...QUIET, items: [item] }, style),
    renderShow(view, style),
    renderPlan([plan], ['photos'], style),
  ]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  }
});

it('the plan says what a run would do', () => {
  const fresh: PlannedItem = {
    item: statusItem('mug').id,
    sku: statusItem('mug').sku,
    source: `${CWD}/photos/mug`,
    photos: 4,
    action: 'new',
    title: null,
    reason: null,
    ...grouped(`${CWD}/photos/mug/1.jpg`),
  };
  const known: PlannedItem = { ...fresh, source: `${CWD}/photos/cup`, action: 'already', title: 'Cup', reason: reason('photo.small') };
  expect(renderPlan([fresh, known], ['photos', 'my cups'], style).split('\n')).toEqual([
    'ID   PHOTOS  PLAN               SOURCE      WHY',
    'MUG       4  would be listed    photos/mug  4 photos taken together (75 %)',
    'MUG       4  is listed already  photos/cup  A sentence. [photo.small]',
    '',
    '2 items, 1 with work to do',
    "Next: easyflip list photos 'my cups'",
    '',
  ]);
  expect(JSON.stringify(plannedItemJson(fresh))).toBe(
    '{"type":"item.planned","item":"MUG","sku":"EFMUG","source":"/home/seller/photos/mug","photos":4,"action":"new","why":"4 photos taken together","confidence":0.75,' +
      '"border":{"kind":"time","why":"95 s after the photo before","confidence":0.9},"files":[{"path":"/home/seller/photos/mug/1.jpg"}]}',
  );
  for (const item of [fresh, known]) expect(scanLine.safeParse(plannedItemJson(item)).error).toBeUndefined();
  expect(scanLine.safeParse({ ...plannedItemJson(fresh), action: 'sold' }).success).toBe(false);
});

it('status tells which services do not answer, and whose calls run out', async () => {
  const hour = (offset: number): string => new Date(Date.now() + offset * 3_600_000).toISOString();
  const services = [
    {
      service: 'media',
      breaker: { since: '2026-05-01T10:00:00.000Z', probeAt: '2026-05-01T10:00:30.000Z' },
      callsToday: 3,
      dailyQuota: 1000,
    },
    {
      service: 'taxonomy',
      breaker: { since: '2026-05-01T10:00:00.000Z', probeAt: '2999-05-01T10:01:00.000Z' },
      callsToday: 2600,
      dailyQuota: 5000,
    },
    { service: 'browse', breaker: null, callsToday: 12, dailyQuota: 5000 },
  ] as const;
  const asked = { limit: 100, askedAt: '2026-05-01T10:00:00.000Z' };
  const allowances = [
    { ...asked, name: 'sell.analytics', remaining: 0, resetsAt: hour(5) },
    { ...asked, name: 'sell.account', remaining: 90, resetsAt: hour(5) },
    { ...asked, name: 'sell.finances', remaining: 0, resetsAt: hour(-1) },
  ];
  const view = { environment: 'practice', items: [statusItem('mug')], batches: [], services, allowances, paused: [] } as const;
  const text = renderStatus(view, style);
  expect(text).toContain('media has not answered since 2026-05-01 10:00 UTC; the next call tries it\n');
  expect(text).toContain('taxonomy has not answered since 2026-05-01 10:00 UTC; it is tried again at 2999-05-01 10:01 UTC\n');
  expect(text).toContain("taxonomy: 2600 of today's 5000 calls are used\n");
  expect(text).toMatch(/eBay said at 2026-05-01 10:00 UTC: sell\.analytics has 0 of 100 calls left until/);
  for (const quiet of ['browse', 'sell.account', 'sell.finances']) expect(text).not.toContain(quiet);
  expect(status.safeParse(JSON.parse(await statusLine(view, []))).error).toBeUndefined();
});
