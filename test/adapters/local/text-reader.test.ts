import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createTextReader } from '../../../src/adapters/local/text-reader.ts';
import { greyPicture } from '../../../src/imaging/read-pixels.ts';
import { callNow, expectedOf, haveSharedPhotos, sharedPhotos, viewOf } from './shared-photos.ts';

const label = fileURLToPath(new URL('../../../fixtures/photos/womens-tshirt-pink/label.jpg', import.meta.url));
const reader = createTextReader({ ocrLanguage: 'eng', ocrWorkers: 2 });
const folder = mkdtempSync(join(tmpdir(), 'easyflip-text-'));
afterAll(async () => {
  await reader.close?.();
  rmSync(folder, { recursive: true });
});

async function wordsOf(path: string): Promise<string> {
  const [text] = await reader.readText([viewOf(path, 7)], callNow);
  expect(text?.photo).toBe(7);
  return text?.lines.map((line) => line.text).join('\n') ?? '';
}

describe.skipIf(!existsSync(label))('a woven label', () => {
  // The name is drawn anew now and then; what matters is that it is the same however the photo lies.
  it.each([90, 180, 270, 10])('turned by %i degrees', async (rotate) => {
    const [name] = (await wordsOf(label)).split('\n');
    const turned = join(folder, `turned-${rotate}.png`);
    writeFileSync(turned, await greyPicture(label, { longSide: 1600, rotate }));
    const text = await wordsOf(turned);
    expect(name).toMatch(/^[A-Z]{5,}$/);
    expect(text).toContain(name);
    expect(text).toMatch(/SIZE ?S/);
    expect(text).toMatch(/95% COTTON\n.*5% ELASTANE/);
  });

  it('gives lines from top to bottom, the name as the largest', async () => {
    const [text] = await reader.readText([viewOf(label)], callNow);
    const lines = text?.lines ?? [];
    expect(lines.map(({ top }) => top)).toEqual(lines.map(({ top }) => top).sort((a, b) => a - b));
    expect(lines.reduce((a, b) => (b.height > a.height ? b : a))).toBe(lines[0]);
    for (const { confidence } of lines) expect(confidence).toBeLessThanOrEqual(1);
  });

  it('stops between passes when told to, and starts again after closing', async () => {
    const stop = new AbortController();
    const reading = reader.readText([viewOf(label)], { ...callNow, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
    await reader.close?.();
    expect(await wordsOf(label)).toContain('COTTON');
  });

  it('says which setting is wrong for a language without data', async () => {
    const foreign = createTextReader({ ocrLanguage: 'xyz', ocrWorkers: 1 });
    await expect(foreign.readText([viewOf(label)], callNow)).rejects.toMatchObject({ code: 'config.invalid' });
    await foreign.close?.();
  });
});

describe.skipIf(!haveSharedPhotos)('real care tags', () => {
  const labels = haveSharedPhotos ? Object.entries(expectedOf('labels').files) : [];
  const upright = labels.filter(([file, { visibleText = [] }]) => file.startsWith('care-tag') && visibleText.length > 8);

  it.each(upright)('%s: most printed lines are read', async (file, { visibleText = [] }) => {
    const text = (await wordsOf(`${sharedPhotos}labels/${file}`)).toUpperCase();
    const read = visibleText.filter((line) => text.includes(line));
    expect(read.length / visibleText.length).toBeGreaterThanOrEqual(0.5);
  });
});
