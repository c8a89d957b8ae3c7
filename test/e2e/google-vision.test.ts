import { generateKeyPairSync } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { VisionStandIn } from '../adapters/google-vision/stand-in.ts';
import { picture } from '../support/items.ts';
import { NAVY_SHIRT, navyShirtSaying } from '../support/navy-shirt.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { finished, World } from '../support/world.ts';

let world: World;
let google: VisionStandIn;
beforeEach(async () => {
  world = await World.open();
  google = await VisionStandIn.open();
  // More than the fixture's labels say, and another size: what goes live shows who was believed.
  google.reads = () => ({ lines: ['FENWARD', 'SIZE L', '100% COTTON', 'MADE IN PORTUGAL', 'MACHINE WASH COLD WITH LIKE COLOURS ONLY'] });
  cpSync(resolve('fixtures/photos/mens-tshirt-navy'), join(world.photos, 'mens-tshirt-navy'), { recursive: true });
  world.write('mens-tshirt-navy/item.json', JSON.stringify({ price: '14.99', condition: 'used', brand: 'Fenward' }));
});
afterEach(async () => {
  expect(google.problems).toEqual([]);
  await world.close();
  await google.close();
});

const list = (env: Readonly<Record<string, string>>) =>
  world.start(['list', world.photos, '--json', '--provider', 'google-vision'], { GOOGLE_VISION_ENDPOINT: google.url, ...env }).ended;

/** What Vision read is what is listed; it is paid once. */
async function expectRead(env: Readonly<Record<string, string>>): Promise<void> {
  const ran = await list(env);
  expect(finished(ran).counts, `${ran.out}${ran.err}`).toMatchObject({ items: 1, listed: 1 });
  const [listing] = await world.listings();
  expect(listing?.aspects.Size).toEqual(['L']);
  expect(google.requests.length).toBeGreaterThan(0);
  const pictures = google.requests.flatMap((request) => request.pictures).length;
  // 1.50 USD for a thousand.
  expect(finished(ran).costUsd).toBeCloseTo(pictures * 0.0015, 6);
  const requests = google.requests.length;
  expect(finished(await list(env)).counts).toMatchObject({ already: 1 });
  expect(google.requests).toHaveLength(requests);
}

it('labels are read again by Google Vision, with an API key', async () => {
  await expectRead({ GOOGLE_VISION_API_KEY: google.apiKey });
  expect(new Set(google.requests.map(({ key }) => key))).toEqual(new Set([google.apiKey]));
});

it('and with a service account, whose key signs the token itself: nobody else is asked, and the key is shown nowhere', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const email = 'reader@example-project.iam.gserviceaccount.com';
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const file = join(world.root, 'service-account.json');
  writeFileSync(
    file,
    JSON.stringify({
      type: 'service_account',
      project_id: 'example-project',
      private_key_id: 'one',
      private_key: pem,
      client_email: email,
      client_id: '1',
      // Nobody listens there: a client that asked for a token would fail.
      token_uri: 'http://127.0.0.1:9/token',
    }),
  );
  google.serviceAccount = { email, publicKey };
  await expectRead({ GOOGLE_APPLICATION_CREDENTIALS: file });
  expect(google.claims.length).toBe(google.requests.length);
  expect(google.claims[0]).toMatchObject({ iss: email, sub: email, scope: expect.stringMatching(/cloud-(?:platform|vision)/) });
  const shown = await world.run('config', 'show', '--json');
  expect(`${shown.out}${shown.err}`).not.toContain('PRIVATE KEY');
});

it('for a model, too: the label that it points at is cut out and read before a second question is asked', async () => {
  // This machine finds no writing on photos without labels: nobody reads anything before the model has seen them.
  for (const number of [3, 4]) world.write(`mens-tshirt-navy/IMG_000${number}.jpg`, await picture(number));
  world.write('mens-tshirt-navy/item.json', JSON.stringify({ price: '14.99', condition: 'used' }));
  const openai = await OpenAiServer.open(() => ({
    ...navyShirtSaying({ f: 'size', v: 'L', c: 97, by: 'label', p: 3, q: 'SIZE L' }),
    photos: [{ p: 3, role: 'label', box: [30, 30, 70, 70] }],
  }));
  const look = () => world.start(['list', world.photos, '--json', '--provider', 'openai'], { ...openai.env, ...keys }).ended;
  const keys = { GOOGLE_VISION_API_KEY: google.apiKey, GOOGLE_VISION_ENDPOINT: google.url };
  const ran = await look();
  expect(finished(ran).counts, `${ran.out}${ran.err}`).toMatchObject({ items: 1, listed: 1 });
  expect((await world.listings())[0]?.aspects).toMatchObject({ Brand: ['Fenward'], Size: ['L'] });
  expect(google.requests.flatMap(({ pictures }) => pictures)).toHaveLength(1);
  expect(openai.asked.map(({ body }) => body.response_format?.json_schema?.name)).toEqual(['describe']);
  const paid = openai.billed.reduce((sum, { microUsd }) => sum + microUsd, 0) / 1e6 + 0.0015;
  expect(finished(ran).costUsd).toBeCloseTo(paid, 5);

  // Where Google finds nothing either, the model is asked once more, about the cut-out alone.
  world.forgetDatabase();
  await world.reset();
  google.reads = () => ({ lines: [] });
  const narrow = { crops: [{ n: 3, lines: ['FENWARD', 'SIZE L'] }], facts: [], unknown: [] };
  openai.model = ({ body }) => (body.response_format?.json_schema?.name === 'labels' ? narrow : NAVY_SHIRT);
  await look();
  const names = openai.asked.map(({ body }) => body.response_format?.json_schema?.name);
  expect(names.slice(0, 3)).toEqual(['describe', 'describe', 'labels']);
  expect(openai.asked[2]?.pictures).toHaveLength(1);
  await openai.close();
  expect(openai.problems).toEqual([]);
});
