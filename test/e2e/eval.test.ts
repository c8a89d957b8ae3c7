import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evalLine } from '../../src/report/schemas.ts';
import { VisionStandIn } from '../adapters/google-vision/stand-in.ts';
import { picture } from '../support/items.ts';
import { World } from '../support/world.ts';

const TRUTH = {
  items: {
    'mens tshirt blue': {
      photos: ['mens tshirt blue/a.jpg'],
      garmentClass: 'T-Shirt',
      facts: { brand: null, size: 'M', department: 'Men' },
      categories: ['15687'],
    },
    'vase <script>': { photos: ['vase/b.jpg'], facts: { type: ['Vase'], brand: null }, mustNotClaim: ['vintage'] },
    gone: { photos: ['gone/c.jpg'], facts: { brand: null } },
  },
};

describe('easyflip eval', () => {
  let world: World;
  let google: VisionStandIn;
  beforeAll(async () => {
    [world, google] = [await World.open(), await VisionStandIn.open()];
    world.write('mens tshirt blue/a.jpg', await picture(1));
    world.write('vase/b.jpg', await picture(2));
    world.write('expected.json', JSON.stringify(TRUTH));
  });
  afterAll(async () => {
    await world.close();
    await google.close();
  });

  it('judges items, lists nothing, and tells failed ones by exit code 3', { timeout: 300_000 }, async () => {
    const file = join(world.root, 'first.json');
    const ran = await world.run('eval', world.photos, '--provider', 'local', '--json', file);
    expect(ran.code).toBe(3);
    expect(ran.out).toContain('local: 3 items, 1 failed');
    const run = evalLine.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(run).toMatchObject({
      type: 'eval',
      provider: 'local',
      model: null,
      tally: { failed: 1, costUsd: 0, all: { wrong: 0 }, categories: { judged: 1 } },
    });
    expect(await world.listings()).toEqual([]);
    expect((await world.run('status', '--json')).lines[0]).toMatchObject({ counts: { items: 0 } });
  });

  it('sets two runs beside each other, on standard output and as a page', { timeout: 300_000 }, async () => {
    const [file, page] = [join(world.root, 'first.json'), join(world.root, 'page.html')];
    const before = JSON.parse(readFileSync(file, 'utf8')) as { items: { fields: { verdict: string; stated: string | null }[] }[] };
    for (const field of before.items[0]?.fields ?? []) Object.assign(field, { verdict: 'wrong', stated: 'Something <b>else</b>' });
    writeFileSync(file, JSON.stringify(before));
    const ran = await world.run('eval', world.photos, '--provider', 'local', '--compare', file, '--html', page, '--json');
    const [line] = ran.lines.map((one) => evalLine.parse(one));
    expect(line).toMatchObject({ type: 'eval', comparison: { better: before.items[0]?.fields.length, worse: 0 } });
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('vase &lt;script&gt;');
    expect(html).toMatch(/before: wrong rate \d+(\.\d+)? %, recall/);
    expect(html).not.toMatch(/<script|<b>else|https?:\/\//);
  });

  it('reads labels with Google Vision where that is asked for, and pays once', { timeout: 300_000 }, async () => {
    const label = new URL('../../fixtures/photos/womens-tshirt-pink/label.jpg', import.meta.url);
    world.write('labels/label.jpg', readFileSync(label));
    world.write('labels/expected.json', JSON.stringify({ files: { 'label.jpg': { visibleText: ['PAID WORDS', '95% COTTON'] } } }));
    google.reads = () => ({ lines: ['PAID WORDS', '95% COTTON AND MANY MORE WORDS THAN ANYBODY ELSE HAS EVER READ HERE BEFORE'] });
    const env = { GOOGLE_VISION_API_KEY: google.apiKey, GOOGLE_VISION_ENDPOINT: google.url };
    const args = ['eval', join(world.photos, 'labels'), '--reading', '--provider', 'google-vision', '--json'];
    const first = await world.start(args, env).ended;
    expect(first.err).toBe('');
    const [line] = first.lines.map((one) => evalLine.parse(one));
    expect(line).toMatchObject({
      type: 'eval.reading',
      reader: 'local, then google-vision',
      text: { characterRecall: 1 },
      costUsd: 0.0015 * (google.requests[0]?.pictures.length ?? 0),
    });
    const again = await world.start(args, env).ended;
    expect(again.lines[0]).toMatchObject({ costUsd: 0, text: { characterRecall: 1 } });
    expect(google.requests).toHaveLength(1);
    expect(google.problems).toEqual([]);
    expect(first.out + again.out).not.toContain(google.apiKey);
  });

  it('says what is wrong before anything is measured', { timeout: 120_000 }, async () => {
    const noTruth = await world.run('eval', join(world.photos, 'vase'), '--json');
    expect(noTruth.code).toBe(2);
    expect(noTruth.lines[0]).toMatchObject({
      type: 'error',
      reason: { code: 'usage.invalid', hint: expect.stringContaining('docs/eval.md') },
    });
    const noKey = await world.run('eval', world.photos, '--provider', 'google-vision', '--json');
    expect(noKey.lines[0]).toMatchObject({ reason: { code: 'config.missing-credentials' } });
    const noRun = await world.run('eval', world.photos, '--compare', join(world.photos, 'expected.json'), '--json');
    expect(noRun.lines[0]).toMatchObject({ reason: { code: 'usage.invalid' } });
  });
});
