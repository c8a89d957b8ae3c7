import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldersOf } from '../../config/folders.ts';
import { loadSettings } from '../../config/load.ts';
import type { SettingsFlags } from '../../config/variables.ts';
import { systemClock } from '../../core/clock.ts';
import { EasyflipError, ProblemsError } from '../../core/errors.ts';
import type { Store } from '../../core/ports/index.ts';
import type { Settings } from '../../core/settings.ts';
import { SITES } from '../../core/site.ts';
import type { Finding } from '../../report/doctor.ts';
import type { App } from '../app.ts';
import { type AtRestRequest, keyFor } from '../at-rest.ts';
import { EXIT } from '../exit-code.ts';
import { marketplaceAddress, wireMarketplace } from '../wire-run.ts';
import { ebayChecks } from './account.ts';
import { type Found, fail, lookAt, pass, skip } from './finding.ts';
import { loginChecks } from './login.ts';
import { machineChecks } from './machine.ts';
import { serviceChecks } from './services.ts';
import { storeChecks } from './store.ts';

export interface DoctorRequest {
  /** `--config`. */
  readonly configFile: string | undefined;
  /** `--data-dir`. */
  readonly dataDir: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly flags: SettingsFlags;
  readonly signal: AbortSignal;
  /** Nothing outside is asked. Default: false. */
  readonly offline?: boolean;
}

/**
 * Looks at everything a listing needs, changes nothing, and tells what to mend. Settings, database or login that cannot be
 * used are findings like any other, and what does not depend on them is looked at all the same. Never throws for what it finds.
 */
export async function doctor(request: DoctorRequest): Promise<readonly Finding[]> {
  const { env, dataDir, signal, offline = false } = request;
  const { settings, found, usable } = await readSettings(request);
  const folders = foldersOf({ dataDir, env, environment: settings.environment });
  const machine = await lookAt('This machine', machineChecks(folders, found));
  const { store, trouble, close } = await openedStore({ settings, folders, env });
  if (!store) return [...machine, ...(await lookAt('easyflip', [{ name: 'database', look: async () => trouble ?? skip('not opened') }]))];
  const app: App = { settings, folders, env, clock: systemClock, store, close };
  const group = `eBay ${settings.environment}`;
  try {
    const local = [
      lookAt('easyflip', trouble ? [{ name: 'database', look: async () => trouble }] : storeChecks(app)),
      lookAt('Login', loginChecks(app)),
    ];
    if (offline) return [...machine, ...(await Promise.all(local)).flat()];
    const others = await Promise.all([
      ...local,
      usable
        ? askEbay(app, group, signal)
        : lookAt(group, [{ name: 'connection', look: async () => skip('not asked: the settings come first') }]),
      webAddress(app).then((address) => lookAt('Services', serviceChecks(app, address))),
    ]);
    return [...machine, ...others.flat()];
  } finally {
    await close();
  }
}

/** With settings that cannot be read the defaults stand in, so that the rest can be looked at. */
async function readSettings({ configFile, env, flags }: DoctorRequest): Promise<{
  readonly settings: Settings;
  readonly found: Found;
  readonly usable: boolean;
}> {
  try {
    const { settings, file } = await loadSettings({ configFile, env, flags });
    const place = `${settings.environment}, ${settings.marketplace}`;
    return { settings, found: pass(file ? `${file} is valid; ${place}` : `no file, the defaults; ${place}`), usable: true };
  } catch (error) {
    if (!(error instanceof EasyflipError)) throw error;
    const nowhere = join(tmpdir(), 'easyflip-has-no-settings-here');
    const { settings } = await loadSettings({ env: {}, flags: placeOf(flags), cwd: nowhere, userFolder: nowhere });
    const problems = error instanceof ProblemsError ? ` ${error.problems.join('; ')}` : '';
    return { settings, found: fail(`${error.message}${problems}`, error.hint), usable: false };
  }
}

const placeOf = ({ env, marketplace }: SettingsFlags): SettingsFlags => ({ ...(env && { env }), ...(marketplace && { marketplace }) });

interface OpenedStore {
  readonly store?: Store;
  /** What is wrong with the seller's database; the store is then an empty one that stands in. */
  readonly trouble?: Found;
  readonly close: () => Promise<void>;
}

async function openedStore(request: AtRestRequest): Promise<OpenedStore> {
  const open = async (at: string, key?: Uint8Array): Promise<Store> => {
    const { openStore } = await import('../../store/sqlite-store.ts');
    return await openStore(at, { environment: request.settings.environment, key });
  };
  try {
    const store = await open(request.folders.database, await keyFor(request));
    return { store, close: () => store.close() };
  } catch (error) {
    if (!(error instanceof EasyflipError)) {
      const trouble = fail(
        'better-sqlite3 does not load on this machine.',
        'Install easyflip again with this Node.js: its modules belong to one version.',
      );
      return { trouble, close: async () => {} };
    }
    const folder = await mkdtemp(join(tmpdir(), 'easyflip-doctor-'));
    const store = await open(join(folder, 'stand-in.sqlite'));
    return {
      store,
      trouble: fail(error.message, error.hint),
      close: async () => {
        await store.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  }
}

async function askEbay(app: App, group: string, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    const { marketplace, close } = await wireMarketplace(app, () => {});
    try {
      return await lookAt(group, ebayChecks(app, marketplace, { signal, priority: 0 }));
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof EasyflipError)) throw error;
    // The group before tells what is wrong with the login, and its cure.
    const isLogin = error.code === 'config.missing-credentials' || error.code === 'credentials.unreadable';
    return await lookAt(group, [
      { name: 'connection', look: async () => (isLogin ? skip('not asked: the login comes first') : fail(error.message, error.hint)) },
    ]);
  }
}

async function webAddress(app: App): Promise<string> {
  const practice = await marketplaceAddress(app).catch(() => undefined);
  const { host } = SITES[app.settings.marketplace];
  return practice ?? (app.settings.environment === 'sandbox' ? `https://www.sandbox.${host}` : `https://www.${host}`);
}

/** All well: 0. Ready, with something to look at: 3. Something must be mended: 2. */
export function doctorExitCode(findings: readonly Finding[]): number {
  const any = (wanted: Finding['health']): boolean => findings.some(({ health }) => health === wanted);
  if (any('fail')) return EXIT.usage;
  return any('warn') ? EXIT.someFailed : EXIT.ok;
}
