import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageBack, usPlate, usShippingLabel } from '../support/drawn-writing.ts';
import { sidecar } from '../support/items.ts';
import { hasSharedPhotos, sharedPhotos } from '../support/shared-photos.ts';
import { type JsonLine, World } from '../support/world.ts';

/** Photos go through real reading, never strings: what the seller gave needs no facts, so that they are read for this alone. */
describe.skipIf(!hasSharedPhotos)('writing in photos, as it is read from them', () => {
  let world: World;
  let lines: readonly JsonLine[];

  beforeAll(async () => {
    world = await World.open();
    const photos: Readonly<Record<string, Buffer>> = {
      'memory-card': readFileSync(join(sharedPhotos('barcodes'), 'memory-card-package.png')),
      'key-tag': readFileSync(join(sharedPhotos('barcodes'), 'loyalty-key-tag.png')),
      'postcode-label': readFileSync(join(sharedPhotos('barcodes'), 'shipping-label-postcode.png')),
      'care-tag': readFileSync(join(sharedPhotos('items'), 'Шорты серые 1/шорты1_бирка.JPG')),
      'shipping-label': await usShippingLabel(),
      package: await packageBack(),
      'plate-in-ohio': await usPlate('OHIO', 'GXR 3318', 'Birthplace of Aviation'),
      'plate-in-texas': await usPlate('TEXAS', 'BKR-4821', 'The Lone Star State'),
    };
    for (const [at, [name, bytes]] of Object.entries(photos).entries()) {
      world.write(`${name}/a.jpg`, bytes);
      world.write(`${name}/item.json`, JSON.stringify(sidecar(at)));
    }
    lines = (await world.run('list', world.photos, '--json')).lines;
  });
  afterAll(() => world.close());

  const endOf = (name: string): JsonLine | undefined =>
    lines.find(({ type, source }) => type === 'item.finished' && source === join(world.photos, name));
  const toldOf = (name: string): string[] =>
    lines
      .filter(({ type, path }) => type === 'file.warned' && path === join(world.photos, name, 'a.jpg'))
      .map(({ reason }) => (reason as { code: string }).code)
      .filter((code) => !/resolution|blurred/.test(code));

  it('a maker’s web address on a package is told, and the item goes live', () => {
    expect(toldOf('package')).toEqual(['photo.web-address']);
    expect(endOf('package')).toMatchObject({ outcome: 'listed' });
  });

  it('white on pale blue, ten pixels high, is not read on this machine: of a real package nothing is told', () => {
    expect(toldOf('memory-card')).toEqual([]);
    expect(endOf('memory-card')).toMatchObject({ outcome: 'listed' });
  });

  it.each(['key-tag', 'care-tag'])('a maker’s name and address hold nothing: %s', (name) => {
    expect(toldOf(name)).toEqual([]);
    expect(endOf(name)).toMatchObject({ outcome: 'listed' });
  });

  it('a postcode alone, on a label that stands on its head, tells nobody’s address', () => {
    expect(toldOf('postcode-label')).toEqual([]);
    expect(endOf('postcode-label')).toMatchObject({ outcome: 'listed' });
  });

  it('a shipping label with street and postcode is held', () => {
    expect(endOf('shipping-label')).toMatchObject({ outcome: 'held', reason: { code: 'photo.address' } });
  });

  it.each(['plate-in-ohio', 'plate-in-texas'])('a plate of a state is told: %s', (name) => {
    expect(toldOf(name)).toContain('photo.licence-plate');
    // They look alike, so that one may be held for that.
    expect(endOf(name)).not.toMatchObject({ reason: { code: 'photo.licence-plate' } });
  });
});
