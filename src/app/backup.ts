import { resolve } from 'node:path';
import type { Folders } from '../config/folders.ts';
import { EasyflipError, reasonOf } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Settings } from '../core/settings.ts';
import type { RestoreView, VerifyStoreView } from '../report/upkeep.ts';
import type { App } from './app.ts';

/** A copy of everything that easyflip remembers. Errors: `usage.invalid` (the file exists), `store.*`. */
export const backUpNow = ({ store }: App, file: string | undefined): Promise<string> =>
  store.upkeep.backUp(file === undefined ? undefined : resolve(file));

/** At the beginning of a run, once a day. A backup that fails is told, and keeps nobody from listing. */
export async function backUpDaily({ store }: Pick<App, 'store'>, emit: Emit): Promise<void> {
  try {
    await store.upkeep.backUpDaily();
  } catch (error) {
    if (!(error instanceof EasyflipError)) throw error;
    const { message, hint } = reasonOf(error);
    emit({ type: 'run.notice', message: `Today's backup of the database failed. ${message} ${hint}` });
  }
}

/** What commands need that must work where the database does not open. */
export interface Places {
  readonly settings: Settings;
  readonly folders: Folders;
  readonly env: NodeJS.ProcessEnv;
}

/** Puts a backup in the place of the database of this environment. Errors: those of `restoreDatabase`. */
export async function restoreBackup(places: Places, file: string): Promise<RestoreView> {
  const { settings, folders } = places;
  const [{ restoreDatabase }, { sealFor }] = await Promise.all([import('../store/restore.ts'), import('./at-rest.ts')]);
  const backup = resolve(file);
  const seal = await sealFor(places, backup);
  const { replaced } = await restoreDatabase(backup, folders.database, settings.environment, Date.now(), seal);
  return { from: backup, database: folders.database, replaced: replaced ?? null };
}

/** Checks the database of this environment, or a backup of it, without opening it for work. Errors: `store.unusable`. */
export async function verifyStore(places: Places, file: string | undefined): Promise<VerifyStoreView> {
  const { settings, folders } = places;
  const [{ verifyDatabase }, { sealFor }, { stateOf }] = await Promise.all([
    import('../store/verify.ts'),
    import('./at-rest.ts'),
    import('../store/sealing.ts'),
  ]);
  const looked = file === undefined ? folders.database : resolve(file);
  // Asked for where it is needed only: a database that is not there, or plain, needs no key.
  const key = stateOf(looked) === 'sealed' ? (await sealFor(places, looked))?.key : undefined;
  return { file: looked, checks: await verifyDatabase(looked, settings.environment, key) };
}
