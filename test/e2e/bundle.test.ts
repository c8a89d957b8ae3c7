import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportLine } from '../../src/report/schemas-trouble.ts';
import { completeItems, picture, sidecar } from '../support/items.ts';
import { finished, type Ran, World } from '../support/world.ts';

const KEY = 'sk-seeded0123456789abcdefABCDEF';
const TOKEN = 'v^1.1#i^1#seededTokenThatNobodyMaySee';
const PASSPHRASE = 'seeded-passphrase-4711';
/** Each must be nowhere in the log and in the bundle. */
const SECRETS = [
  KEY,
  TOKEN,
  PASSPHRASE,
  'practice-cert',
  'practice-refresh-token',
  'anna.muster@example.test',
  '12 Elm Street',
  'Muster',
  '48.137',
  '11.576',
  'Zebrastripe Teapot',
  'attic',
  'sold from a smoke-free home',
];
let world: World;
let listed: Ran;
const env = {
  OPENAI_API_KEY: KEY,
  OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
  EASYFLIP_PASSPHRASE: PASSPHRASE,
  EBAY_CERT_ID: 'PRD-seeded12345678-abcd',
};

/** A run in which everything that may tell a secret goes wrong. */
beforeAll(async () => {
  world = await World.open();
  await completeItems(world, 2);
  const located = await sharp(await picture(77))
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 1366/100', GPSLongitudeRef: 'E', GPSLongitude: '11/1 34/1 3405/100' } })
    .jpeg()
    .toBuffer();
  const secret = { ...sidecar(7), title: 'Zebrastripe Teapot', privateNote: 'Anna Muster, 12 Elm Street, anna.muster@example.test' };
  world.write('attic-muster/a.jpg', located);
  world.write('attic-muster/item.json', JSON.stringify(secret));
  // Without facts: the model is asked, and does not answer.
  world.write('unknown-thing/a.jpg', await picture(88));
  writeFileSync(
    join(world.root, 'easyflip.config.json'),
    JSON.stringify({ listing: { descriptionFooter: 'sold from a smoke-free home' }, services: { model: { tries: 1 } } }),
  );
  const errors = [
    {
      errorId: 25002,
      domain: 'API_INVENTORY',
      category: 'REQUEST',
      message: `No, anna.muster@example.test of 12 Elm Street at 48.137154, 11.576124: ${TOKEN} Zebrastripe Teapot`,
    },
  ];
  const refuse = {
    match: { operation: 'sell_inventory.(bulkPublishOffer|publishOffer)$' },
    action: { type: 'answer', status: 400, body: { errors } },
  };
  const some = { match: { path: '/(sell|commerce)/' }, rate: 0.1 };
  const answer = await fetch(`${world.practice.url}/_practice/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([
      refuse,
      { ...some, seed: 3, action: { type: 'html-503' } },
      { ...some, seed: 4, action: { type: 'reset' } },
      { ...some, seed: 5, action: { type: 'malformed-json' } },
    ]),
  });
  expect(answer.ok).toBe(true);
  listed = await world.start(['list', world.photos, '--json'], env).ended;
}, 240_000);
afterAll(() => world.close());

const report = async (...flags: readonly string[]): Promise<{ ran: Ran; text: string }> => {
  const ran = await world.start(['report', '--json', ...flags], env).ended;
  const [line] = ran.lines as unknown as [{ file: string }];
  expect(reportLine.safeParse(line).error).toBeUndefined();
  return { ran, text: readFileSync(line.file, 'utf8') };
};
const logText = (): string =>
  readdirSync(join(world.data, 'logs'))
    .map((name) => readFileSync(join(world.data, 'logs', name), 'utf8'))
    .join('');
const found = (text: string): readonly string[] =>
  SECRETS.filter((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));

it('the run really met what it should: faults, and sentences full of secrets', () => {
  expect(finished(listed).counts.items).toBe(4);
  expect(finished(listed).counts.failed).toBeGreaterThan(0);
  // The seller himself is told eBay's sentence.
  expect(listed.out).toContain('12 Elm Street');
});

it('the log has every call, retry and failure, and none of the secrets', () => {
  const text = logText();
  const events = new Set(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { msg: string }).msg),
  );
  for (const wanted of ['run.begun', 'item.started', 'stage.finished', 'call.finished', 'call.retried', 'item.finished', 'run.finished'])
    expect(events).toContain(wanted);
  expect(text).toContain('"errorIds":[25002]');
  expect(text).toMatch(/"requestId":"ri=\d+"/);
  expect(found(text)).toEqual([]);
  expect(text).not.toContain(world.root);
});

it('the bundle tells versions, settings, checks, counts, stories and the log, and none of the secrets', async () => {
  const { ran, text } = await report('--bundle', 'bug.txt');
  for (const piece of [
    /^easyflip: \d/m,
    /^Node\.js: v/m,
    /^listing\.descriptionFooter = set \(file\)$/m,
    /^services\.model\.tries = 1 \(file\)$/m,
    /^OPENAI_API_KEY: set$/m,
    /^GOOGLE_VISION_API_KEY: unset$/m,
    /^pass {2}easyflip: database$/m,
    /^schema: \d+$/m,
    /^problems: 0$/m,
    /^failed: \d$/m,
    /^command: list$/m,
    /publish \S+ 25002, 1 attempt, remembered$/m,
    /^ {2}outside: pictures \d/m,
    /"msg":"run\.finished"/,
  ])
    expect(text).toMatch(piece);
  expect(found(text)).toEqual([]);
  expect(text).not.toContain(world.root);
  expect(text).not.toContain('item-1');
  expect(ran.lines[0]).toMatchObject({ type: 'report.written', withItems: false, bytes: Buffer.byteLength(text) });
  if (process.platform !== 'win32') expect(statSync(join(world.root, 'bug.txt')).mode & 0o777).toBe(0o600);
}, 60_000);

it('with items it names them, and still no key, token, address, place or user', async () => {
  const { text } = await report('--bundle', 'with.txt', '--with-items');
  expect(text).toContain('Zebrastripe Teapot');
  for (const secret of [KEY, TOKEN, PASSPHRASE, 'anna.muster@example.test', '48.137', '11.576', 'practice-cert'])
    expect(text).not.toContain(secret);
}, 60_000);

it('never writes over a file, and says what it wrote to people', async () => {
  const again = await world.run('report', '--bundle', 'bug.txt');
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('exists already')]);
  const people = await world.run('report', '--bundle');
  expect(people.out).toMatch(/^Written: .*easyflip-report-20\S+\.txt\n {2}Versions: \d+ lines\n/);
  expect(people.out).toContain('Read it through before you send it.');
  expect((await world.run('report')).code).toBe(2);
}, 60_000);

it('is written also when settings or database are broken', async () => {
  writeFileSync(join(world.root, 'broken.json'), '{ "listing": { "descriptionFooter": "12 Elm Street", "oops": 1 } }');
  const settings = await report('--bundle', 'settings.txt', '--config', 'broken.json');
  expect(settings.text).toContain('cannot be read: config.invalid');
  expect(found(settings.text)).toEqual([]);
  writeFileSync(join(world.data, 'practice.sqlite'), 'this is no database, says Anna Muster');
  for (const rest of ['-wal', '-shm']) writeFileSync(join(world.data, `practice.sqlite${rest}`), '');
  const database = await report('--bundle', 'database.txt');
  expect(database.text).toContain('cannot be opened: store.damaged');
  expect(database.text).toContain('"msg":"run.begun"');
  expect(found(database.text)).toEqual([]);
}, 60_000);
