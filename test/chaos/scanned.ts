import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Campaign, partOf, SECRETS } from './campaign.ts';
import { WITH_PLACE } from './goods.ts';
import { place, type Sought, scan, secret } from './secrets.ts';

export interface Scanned {
  readonly files: number;
  readonly megabytes: number;
  /** What stands somewhere, and may not: a line each. */
  readonly found: readonly string[];
  /** What was put somewhere to be found, and was not. */
  readonly overlooked: readonly string[];
}

/** Secrets in the environment and at eBay, and the position in photos: none may be on disk, said, or sent to the marketplace. */
export async function scanned(campaign: Campaign): Promise<Scanned> {
  const { world, plan, stock } = campaign;
  const located = stock.goods.find(({ kind }) => kind === WITH_PLACE);
  if (located === undefined) throw new Error('no photo has a position: nothing to look for');
  const photo = readFileSync(join(world.photos, partOf(plan, located.n), located.folder, '1.jpg'));
  const sought = [
    ...secret('API key', SECRETS.key),
    ...secret('passphrase', SECRETS.passphrase),
    ...secret('client secret', 'practice-cert'),
    ...secret('login', 'practice-app:practice-cert'),
    ...secret('refresh token', 'practice-refresh-token'),
    ...secret('access token', 'v^1.1#practice#'),
    ...(await place(photo)),
  ];
  const bundle = await campaign.start('report', '--bundle', 'bundle.txt', '--with-items', '--json');
  if (bundle.code !== 0) throw new Error(`no bundle was written: ${bundle.out}${bundle.err}`);
  const sent = await (await fetch(`${world.practice.url}/_practice/requests`)).text();
  const said = {
    'the bundle': readFileSync(join(world.root, 'bundle.txt'), 'utf8'),
    'what was printed': campaign.said.join('\n'),
    'what was sent to the marketplace': sent,
  };
  const { files, megabytes, found } = scan(world.root, ['data'], said, sought);
  return { files, megabytes, found, overlooked: overlooked(world.root, photo, sought) };
}

/** The same look at a folder in which each of them stands, in a file of its own. */
function overlooked(root: string, photo: Buffer, sought: readonly Sought[]): readonly string[] {
  const folder = join(root, 'planted');
  mkdirSync(folder);
  for (const [at, { bytes }] of sought.entries())
    writeFileSync(join(folder, `${at}.bin`), Buffer.concat([Buffer.alloc(999), bytes, Buffer.alloc(9)]));
  writeFileSync(join(folder, 'photo.jpg'), photo);
  const { found } = scan(root, ['planted'], {}, sought);
  return [
    ...sought.map(({ name }, at) => `${name} in ${join('planted', `${at}.bin`)}`),
    `bytes of the position in ${join('planted', 'photo.jpg')}`,
  ]
    .filter((line) => !found.includes(line))
    .map((line) => `not found, though it is there: ${line}`);
}
