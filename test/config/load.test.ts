import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import { ProblemsError } from '../../src/core/errors.ts';

let cwd = '';
let userFolder = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'easyflip-config-'));
  userFolder = join(cwd, 'user');
  await mkdir(userFolder);
});
afterEach(() => rm(cwd, { recursive: true }));

const load = (env: NodeJS.ProcessEnv = {}, flags = {}, configFile?: string) => loadSettings({ cwd, userFolder, env, flags, configFile });

const write = (content: unknown, name = 'easyflip.config.json') =>
  writeFile(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));

async function problems(env: NodeJS.ProcessEnv = {}, flags = {}): Promise<readonly string[]> {
  const error: unknown = await load(env, flags).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemsError);
  expect((error as ProblemsError).code).toBe('config.invalid');
  return (error as ProblemsError).problems;
}

const unreadable = (text: string) => expect.objectContaining({ code: 'config.unreadable', message: expect.stringContaining(text) });

it('without file, variables and flags gives the defaults of the design', async () => {
  const { settings, file, sources } = await load();
  expect(file).toBeUndefined();
  expect(settings).toMatchObject({ environment: 'practice', publish: null, group: 'auto', marketplace: 'EBAY_US' });
  expect(settings.photos).toEqual({
    pictureLongSide: 1600,
    pictureQuality: 90,
    modelLongSide: 768,
    thumbnailLongSide: 256,
    enhance: true,
    cropToSubject: false,
    cacheMaxMegabytes: 5000,
    maxPixels: 220_000_000,
    maxFileBytes: 100_000_000,
    gapMinutes: 3,
  });
  expect(settings.pricing).toEqual({
    lookUp: true,
    strategy: 'percentile',
    percentile: 0.4,
    undercut: { from: 'lowest', percent: 5, amount: { minor: 0, currency: 'USD' } },
    marginPercent: 100,
    minimumComparables: 5,
    includeShipping: false,
    ownSeller: null,
    endsIn: 99,
    bestOffer: { enabled: false, acceptPercent: null, declinePercent: null },
    shippingCost: { minor: 600, currency: 'USD' },
    shippingCharged: { minor: 0, currency: 'USD' },
    minimumProfit: { minor: 100, currency: 'USD' },
    minimumPrice: { minor: 499, currency: 'USD' },
  });
  const figures = Object.entries(settings.services).map(([name, { concurrency, tries }]) => `${name} ${concurrency}/${tries}`);
  expect(figures.join(', ')).toBe(
    'imaging 10/3, ocr 5/2, model 5/2, batch 2/1, vision 5/2, taxonomy 3/5, metadata 3/5, browse 3/5, account 3/5, media 3/5, inventory 3/5, fulfillment 2/5, analytics 1/3, finances 1/3',
  );
  expect(settings.services.media.window).toEqual({ calls: 50, perMs: 5100 });
  expect(settings.services.browse.dailyQuota).toBe(5000);
  expect(settings.limits).toEqual({
    maxCostUsd: null,
    maxCostPerItemUsd: null,
    maxCostPerDayUsd: null,
    maxMinutes: null,
    window: null,
    pace: null,
    minFreeDiskMegabytes: 200,
    minFreeMemoryMegabytes: 100,
  });
  expect('$schema' in settings).toBe(false);
  expect(sources['analysis.model']).toEqual({ from: 'default', name: '' });
});

it('loads the example file and gets the defaults', async () => {
  const example = await readFile(new URL('../../easyflip.config.example.json', import.meta.url), 'utf8');
  const defaults = await load();
  await write(example);
  const { settings, file } = await load();
  expect(file).toBe(join(cwd, 'easyflip.config.json'));
  expect(settings).toEqual(defaults.settings);
});

it('lets the file win over defaults, variables over the file, flags over variables', async () => {
  await write({ publish: 'never', analysis: { model: 'from-file', confidence: 0.9 }, limits: { maxMinutes: 5 } });
  const env = { EASYFLIP_MODEL: 'from-env', EASYFLIP_MAX_COST: '1.50', EASYFLIP_MAX_MINUTES: '', EASYFLIP_PUBLISH: 'review' };
  const { settings, sources, file } = await load(env, { publish: 'auto', maxMinutes: '90' });
  expect(settings.analysis).toMatchObject({ model: 'from-env', confidence: 0.9, ocrLanguage: 'eng' });
  expect(settings.limits).toEqual({
    maxCostUsd: 1.5,
    maxCostPerItemUsd: null,
    maxCostPerDayUsd: null,
    maxMinutes: 90,
    window: null,
    pace: null,
    minFreeDiskMegabytes: 200,
    minFreeMemoryMegabytes: 100,
  });
  expect(settings.publish).toBe('auto');
  expect(sources).toMatchObject({
    'analysis.model': { from: 'environment', name: 'EASYFLIP_MODEL' },
    'analysis.confidence': { from: 'file', name: file },
    'limits.maxMinutes': { from: 'flag', name: '--max-minutes' },
    publish: { from: 'flag', name: '--publish' },
  });
});

it('sets the concurrency of every service by one flag', async () => {
  const { settings } = await load({}, { concurrency: '50' });
  expect(new Set(Object.values(settings.services).map(({ concurrency }) => concurrency))).toEqual(new Set([50]));
});

it('looks for --config, then EASYFLIP_CONFIG, then the working folder, then the folder of the user', async () => {
  const model = async (env = {}, named?: string) => (await load(env, {}, named)).settings.analysis.model;
  await write({ analysis: { model: 'user' } }, 'user/easyflip.config.json');
  expect(await model()).toBe('user');
  await write({ analysis: { model: 'here' } });
  expect(await model()).toBe('here');
  await write({ analysis: { model: 'env' } }, 'env.json');
  expect(await model({ EASYFLIP_CONFIG: 'env.json' })).toBe('env');
  await write('\uFEFF{"analysis":{"model":"flag"}}', 'flag.json');
  expect(await model({ EASYFLIP_CONFIG: 'env.json' }, 'flag.json')).toBe('flag');
});

it('refuses a named file that is not there, a folder, and what is no object', async () => {
  await expect(load({}, {}, 'gone.json')).rejects.toEqual(unreadable('There is no config file'));
  await expect(load({ EASYFLIP_CONFIG: 'user' })).rejects.toEqual(unreadable('is a folder'));
  await write('[1]');
  await expect(load()).rejects.toEqual(unreadable('one object in braces'));
});

it.each([
  ['{\n  "publish": "auto",\n}', 'line 3, column 1: there is a comma after the last entry'],
  ['{\n  // words\n}', 'line 2, column 3: a key in double quotes was expected'],
  ['{"publish": \'auto\'}', 'line 1, column 13: texts need double quotes'],
  ['{"publish": sk-0123456789}', 'line 1, column 13: a value was expected'],
  ['{"publish": "auto" "group": "time"}', 'line 1, column 20: a comma or } was expected'],
  ['{"publish": "auto"', 'line 1, column 19: the file ends too early'],
  ['{"limits": {"maxCostUsd": 1, "maxCostUsd": 100}}', 'line 1, column 30: "maxCostUsd" is set twice'],
  ['{"publish" "auto"}', 'line 1, column 12: a colon was expected'],
  ['{"publish": "auto\n"}', 'line 1, column 13: a text in quotes is not closed'],
  ['{} {}', 'line 1, column 4: something follows'],
  ['', 'line 1, column 1: the file ends too early'],
])('names line and column of a fault in %j', async (text, where) => {
  await write(text);
  const error = await load().catch((thrown: unknown) => thrown as Error);
  expect(error).toEqual(unreadable(where));
  expect(String(error)).not.toContain('sk-0123456789');
});

it('reports every problem together, with its path', async () => {
  await write({
    publsh: 'auto',
    environment: 'prod',
    pricing: { percentile: 2, percentil: 0.5, shippingCost: 0.4, minimumPrice: 'cheap' },
    photos: { pictureLongSide: 12.5, maxPixles: 1 },
    services: { modle: {}, inventory: { tries: 0 } },
    percentile: 0.3,
    somethingElse: true,
    limits: 5,
  });
  const found = await problems();
  expect(found.toSorted()).toEqual(
    [
      'publsh: unknown key; did you mean publish?',
      'environment: must be one of practice, sandbox, production',
      'pricing.percentile: must be at most 1',
      'pricing.percentil: unknown key; did you mean pricing.percentile?',
      'pricing.shippingCost: must be a text in double quotes',
      'pricing.minimumPrice: must be an amount as text, such as "0.40"',
      'photos.pictureLongSide: must be a whole number',
      'photos.maxPixles: unknown key; did you mean photos.maxPixels?',
      'services.modle: unknown key; did you mean services.model?',
      'services.inventory.tries: must be at least 1',
      'percentile: unknown key; did you mean pricing.percentile?',
      'somethingElse: unknown key; known here: $schema, environment, publish, group, marketplace, photos, grouping, analysis, models, batches, vision, listing, accounts, pricing, fees, check, pipeline, store, services, limits, watch, target, log, metrics, alerts',
      'limits: must be an object in braces',
    ].toSorted(),
  );
});

it('names the variable or flag that set a wrong value', async () => {
  const found = await problems({ EASYFLIP_MAX_COST: 'lots', EASYFLIP_PUBLISH: 'yes' }, { concurrency: '0', group: 'size' });
  expect(found).toEqual([
    'EASYFLIP_PUBLISH: must be one of auto, review, never',
    '--group: must be one of auto, folder, name, time, divider',
    '--concurrency: must be at least 1',
    'EASYFLIP_MAX_COST: must be a number',
  ]);
});

it('treats a nearly known variable as an error and leaves others alone', async () => {
  expect(await problems({ EASYFLIP_MAXCOST: '1' })).toEqual(['EASYFLIP_MAXCOST: unknown variable; did you mean EASYFLIP_MAX_COST?']);
  await expect(load({ EASYFLIP_SOMETHING_OF_OTHERS: '1' })).resolves.toBeDefined();
});

it('goes to production by file or flag, never by a variable alone', async () => {
  expect((await load({}, { env: 'production' })).settings.environment).toBe('production');
  expect((await problems({ EASYFLIP_ENV: 'production' }))[0]).toMatch(/^EASYFLIP_ENV: production is chosen only by/);
  expect((await load({ EASYFLIP_ENV: 'sandbox' })).settings.environment).toBe('sandbox');
  await write({ environment: 'production' });
  expect((await load()).settings.environment).toBe('production');
});

it('refuses secrets in the file by key and by look, and does not repeat them', async () => {
  await write({
    EBAY_CERT_ID: 'hush-1',
    analysis: { apiKey: 'hush-2' },
    ebay: { refreshToken: 'hush-3' },
    listing: { descriptionFooter: 'sk-abcdefghijklmnopqrst' },
  });
  const found = await problems();
  expect(found.filter((problem) => problem.includes('looks like a secret')).map((problem) => problem.split(':')[0])).toEqual([
    'EBAY_CERT_ID',
    'analysis.apiKey',
    'ebay.refreshToken',
    'listing.descriptionFooter',
  ]);
  expect(found.join()).toContain('set the environment variable OPENAI_API_KEY');
  expect(found.join()).not.toMatch(/hush|sk-abc/);
});

it('cannot be made to change prototypes', async () => {
  await write(
    '{"__proto__":{"polluted":1},"limits":{"__proto__":{"maxCostUsd":9}},"constructor":{"prototype":{"polluted":1}},"check":{"restrictedWords":{"__proto__":"x"}}}',
  );
  const found = await problems();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(found).toEqual([
    '__proto__: is not a setting and is not allowed here',
    'limits.__proto__: is not a setting and is not allowed here',
    'check.restrictedWords.__proto__: is not a setting and is not allowed here',
    expect.stringMatching(/^constructor: unknown key/),
  ]);
});

it('adds to the restricted words, and takes out what is null', async () => {
  await write({ check: { restrictedWords: { Token: 'House rule.', replica: null } } });
  const { restrictedWords } = (await load()).settings.check;
  expect(restrictedWords).toMatchObject({ token: 'House rule.', counterfeit: expect.any(String), 'louis vuitton': expect.any(String) });
  expect(restrictedWords).not.toHaveProperty('replica');
});

it('has every documented variable once', () => {
  const names = VARIABLES.map(({ variable }) => variable);
  expect(new Set(names).size).toBe(names.length);
});
