import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { StageContext } from '../../src/pipeline/stage.ts';
import { SEALED_MORE_BYTES, sealedFor, sealFolder } from '../../src/sealing/sealed-folders.ts';
import { type Prepared, prepare } from '../../src/stages/prepare.ts';

const folder = mkdtempSync(join(tmpdir(), 'easyflip-prepare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAMES = ['picture.jpg', 'whole.jpg', 'model.jpg', 'full.jpg'] as const;
const [picture, whole, model] = NAMES.slice(0, 3).map((name) => ({ name, bytes: 5 }));
const prepared = { photos: [{ picture, whole, model, full: 'full.jpg' }], dropped: [] } as unknown as Prepared;
const isValid = (): unknown => prepare.stillValid?.(prepared, { ports: { pictureFolder: folder } } as unknown as StageContext);

it.each(NAMES)('prepared pictures are made anew when %s is gone, or was left empty by a power cut', async (name) => {
  for (const one of NAMES) writeFileSync(join(folder, one), 'bytes');
  expect(await isValid()).toBe(true);
  truncateSync(join(folder, name));
  expect(await isValid()).toBe(false);
  rmSync(join(folder, name));
  expect(await isValid()).toBe(false);
});

it('encrypted pictures are as good as they were, and made anew when they are cut short', async () => {
  for (const one of NAMES) writeFileSync(join(folder, one), Buffer.alloc(5 + SEALED_MORE_BYTES));
  sealFolder(folder, Buffer.alloc(32), true);
  writeFileSync(join(folder, 'picture.jpg'), sealedFor(join(folder, 'picture.jpg'), Buffer.from('bytes')));
  expect(await isValid()).toBe(true);
  truncateSync(join(folder, 'picture.jpg'), 4 + SEALED_MORE_BYTES);
  expect(await isValid()).toBe(false);
});
