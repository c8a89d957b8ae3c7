import { type Folders, foldersOf } from '../config/folders.ts';
import type { Clock } from '../core/clock.ts';
import { systemClock } from '../core/clock.ts';
import type { Store } from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';

/** What every command works with: the settings, the places on disk and the open store. */
export interface App {
  readonly settings: Settings;
  readonly folders: Folders;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly store: Store;
  close(): Promise<void>;
}

export interface AppRequest {
  readonly settings: Settings;
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir?: string | undefined;
}

/** Opens the store of this environment. Errors: `store.*`. */
export async function openApp({ settings, env, dataDir }: AppRequest): Promise<App> {
  const folders = foldersOf({ dataDir, env, environment: settings.environment });
  const [{ openStore }, { atRest }] = await Promise.all([import('../store/sqlite-store.ts'), import('./at-rest.ts')]);
  const key = await atRest({ settings, folders, env });
  const store = await openStore(folders.database, {
    environment: settings.environment,
    key,
    backups: { folder: folders.backups, kept: settings.store.backupsKept },
  });
  return { settings, folders, env, clock: systemClock, store, close: () => store.close() };
}
