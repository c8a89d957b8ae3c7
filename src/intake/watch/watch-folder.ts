import type { FSWatcher } from 'chokidar';

export interface FolderWatchOptions {
  /** Look again and again instead of being told by the system. */
  readonly polling: boolean;
  readonly pollMs: number;
  /** Something below the folder came, changed or went. Told often; says not what. */
  readonly onChange: () => void;
  /** The system tells no more (too many folders, a drive that went): whoever watches must look by itself from now on. */
  readonly onTrouble: (message: string) => void;
}

export interface FolderWatch {
  close(): Promise<void>;
}

/**
 * Is told of changes below a folder, by chokidar, once it is ready. What is there already is not told. Never rejects: a system
 * that cannot watch is `onTrouble`.
 */
export async function watchFolder(folder: string, options: FolderWatchOptions): Promise<FolderWatch> {
  const { watch } = await import('chokidar');
  const watcher = watch(folder, {
    ignoreInitial: true,
    usePolling: options.polling,
    interval: options.pollMs,
    binaryInterval: options.pollMs,
    // A link may lead anywhere, also back; scans follow those that are safe.
    followSymlinks: false,
    // What cannot be read is told by the scan, with its name.
    ignorePermissionErrors: true,
  });
  watcher.on('all', () => options.onChange());
  watcher.on('error', (error) => options.onTrouble(troubleOf(error)));
  await ready(watcher);
  return { close: () => watcher.close() };
}

/** A folder that vanishes meanwhile never becomes ready. */
const READY_WITHIN_MS = 60_000;

function ready(watcher: FSWatcher): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, READY_WITHIN_MS);
    watcher.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function troubleOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return 'the system allows no more watched folders (on Linux: fs.inotify.max_user_watches)';
  if (code === 'EMFILE') return 'too many files are open';
  return code ?? 'unknown cause';
}
