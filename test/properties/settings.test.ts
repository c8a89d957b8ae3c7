import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findJsonFault } from '../../src/config/json-text.ts';
import { type LoadedSettings, loadSettings } from '../../src/config/load.ts';
import { fileShape } from '../../src/config/shape.ts';
import type { SettingsFlags } from '../../src/config/variables.ts';
import { isEasyflipError, ProblemsError } from '../../src/core/errors.ts';
import { runs } from './runs.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'easyflip-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BUILT_IN = Object.getOwnPropertyNames(Object.prototype).sort();

/** What loading makes of this text: settings, or an error that a person understands. Anything else fails the test. */
async function load(text: string, env: NodeJS.ProcessEnv = {}, flags: SettingsFlags = {}): Promise<LoadedSettings | string> {
  const configFile = join(folder, 'easyflip.config.json');
  writeFileSync(configFile, text);
  try {
    return await loadSettings({ configFile, env, flags, cwd: folder, userFolder: folder });
  } catch (error) {
    if (!isEasyflipError(error) || !error.code.startsWith('config.')) throw error;
    if (error instanceof ProblemsError) expect(error.problems.length).toBeGreaterThan(0);
    return [error.message, error.hint, ...(error instanceof ProblemsError ? error.problems : [])].join('\n');
  } finally {
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(BUILT_IN);
  }
}

/** Every path of the settings with its default, to be changed in one place. */
const DEFAULTS = fileShape.parse({}) as Record<string, unknown>;
function pathsOf(value: unknown, before: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [before];
  return [before, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...before, key]))];
}
const PATHS = pathsOf(DEFAULTS).filter((path) => path.length > 0);
const at = ([key, ...rest]: readonly string[], value: unknown): Record<string, unknown> => ({
  [key ?? '']: rest.length === 0 ? value : at(rest, value),
});

const awkward = fc.constantFrom<unknown>(null, true, '', 0, -1, 1e308, '0.40', '-1', '1e9', [], {}, [null], 'EBAY_US', '99999999.99');
const odd = fc.oneof(awkward, fc.jsonValue({ maxDepth: 2 }));

describe('a config file, whatever is in it, is settings or problems', () => {
  it('any JSON, and any text', async () => {
    const text = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json().map((json) => `\uFEFF${json}`),
    );
    await fc.assert(
      fc.asyncProperty(text, async (said) => {
        const loaded = await load(said);
        if (typeof loaded === 'string') return;
        expect(() => JSON.parse(said.replace(/^\uFEFF/, ''))).not.toThrow();
      }),
      runs(200),
    );
  });

  it('any value in any place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PATHS), odd, async (path, value) => {
        const loaded = await load(JSON.stringify(at(path, value)));
        // A problem names its place: the first key at least.
        if (typeof loaded === 'string') expect(loaded).toContain(path[0]);
        else expect(Number.isSafeInteger(loaded.settings.pricing.minimumPrice.minor)).toBe(true);
      }),
      runs(600),
    );
  });

  it('names that change objects are refused wherever they stand', async () => {
    const name = fc.constantFrom('__proto__', 'constructor', 'prototype');
    await fc.assert(
      fc.asyncProperty(fc.option(fc.constantFrom(...PATHS), { nil: [] }), name, async (path, key) => {
        const inner = `{${JSON.stringify(key)}:{"polluted":"yes"}}`;
        const text = path.reduceRight((text, part) => `{${JSON.stringify(part)}:${text}}`, inner);
        expect(typeof (await load(text))).toBe('string');
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      runs(150),
    );
  });
});

describe('faults of JSON are found where they are', () => {
  it('what JSON.parse takes has none but a key that is set twice or deep nesting; what it does not take has one', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', "'", '//', '\n', 'x', '\\'))
      .map(([json, place, put]) => {
        const where = place % (json.length + 1);
        return json.slice(0, where) + put + json.slice(where + (place % 2));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken), (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        const fault = findJsonFault(text);
        if (!parses) expect(fault).toBeDefined();
        else if (fault) expect(fault.what).toMatch(/set twice|nested too deeply/);
        if (fault) expect(fault.line >= 1 && fault.line <= text.split('\n').length && fault.column >= 1).toBe(true);
      }),
      runs(1_000),
    );
  });
});

describe('the stronger layer wins', () => {
  const words = { publish: ['auto', 'review', 'never'], group: ['auto', 'folder', 'name', 'time', 'divider'] } as const;
  const layer = fc.record(
    {
      publish: fc.constantFrom(...words.publish),
      group: fc.constantFrom(...words.group),
      environment: fc.constantFrom('practice', 'sandbox'),
      model: fc.stringMatching(/^[a-z][a-z0-9-]{1,12}$/),
      maxCostUsd: fc.integer({ min: 1, max: 100 }),
      maxMinutes: fc.integer({ min: 1, max: 1_000 }),
    },
    { requiredKeys: [] },
  );
  type Layer = Partial<Record<'publish' | 'group' | 'environment' | 'model', string>> & { maxCostUsd?: number; maxMinutes?: number };
  const seen = ({ settings }: LoadedSettings) => ({
    publish: settings.publish,
    group: settings.group,
    environment: settings.environment,
    model: settings.analysis.model,
    maxCostUsd: settings.limits.maxCostUsd,
    maxMinutes: settings.limits.maxMinutes,
  });
  const asFile = ({ model, maxCostUsd, maxMinutes, ...rest }: Layer): string =>
    JSON.stringify({ ...rest, analysis: { model }, limits: { maxCostUsd, maxMinutes } });
  const asEnv = ({ publish, group, environment, model, maxCostUsd, maxMinutes }: Layer): NodeJS.ProcessEnv =>
    Object.fromEntries(
      Object.entries({
        EASYFLIP_PUBLISH: publish,
        EASYFLIP_GROUP: group,
        EASYFLIP_ENV: environment,
        EASYFLIP_MODEL: model,
        EASYFLIP_MAX_COST: maxCostUsd,
        EASYFLIP_MAX_MINUTES: maxMinutes,
      }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    );
  const asFlags = ({ publish, group, environment, model, maxCostUsd, maxMinutes }: Layer): SettingsFlags => ({
    publish,
    group,
    env: environment,
    model,
    maxCost: maxCostUsd,
    maxMinutes: maxMinutes === undefined ? undefined : String(maxMinutes),
  });

  it('defaults < file < environment < flags, for each setting by itself, and the source says so', async () => {
    const none = seen((await load('{}')) as LoadedSettings);
    await fc.assert(
      fc.asyncProperty(layer, layer, layer, async (file, env, flags) => {
        const loaded = await load(asFile(file), asEnv(env), asFlags(flags));
        if (typeof loaded === 'string') throw new Error(loaded);
        expect(seen(loaded)).toEqual({ ...none, ...file, ...env, ...flags });
        const from = (key: keyof Layer): string => (key in flags ? 'flag' : key in env ? 'environment' : key in file ? 'file' : 'default');
        expect(loaded.sources.publish?.from).toBe(from('publish'));
        expect(loaded.sources['limits.maxCostUsd']?.from).toBe(from('maxCostUsd'));
      }),
      runs(150),
    );
  });
});
