import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import type { Environment } from '../core/settings.ts';

/** Where easyflip keeps things. Nothing here is created: who uses a place makes it. */
export interface Folders {
  readonly data: string;
  /** One database per environment, so that practice listings are never mistaken for real ones. */
  readonly database: string;
  /** Copies of the databases of all environments; the names tell them apart. */
  readonly backups: string;
  /** Prepared pictures of this environment. */
  readonly pictures: string;
  /** What happened, in files that are begun anew by size. */
  readonly logs: string;
  /** Questions to a model until their batch is sent. */
  readonly batches: string;
  /** What the practice marketplace remembers. */
  readonly practiceState: string;
}

export interface FoldersRequest {
  /** `--data-dir`; else EASYFLIP_DATA_DIR; else where the operating system wants the data of programs. */
  readonly dataDir?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly environment: Environment;
  /** Default: the working folder; what a relative folder is taken from. */
  readonly cwd?: string;
}

export function foldersOf({ dataDir, env, environment, cwd = process.cwd() }: FoldersRequest): Folders {
  const wanted = dataDir || env.EASYFLIP_DATA_DIR;
  const data = wanted ? resolve(cwd, wanted) : envPaths('easyflip', { suffix: '' }).data;
  return {
    data,
    database: join(data, `${environment}.sqlite`),
    backups: join(data, 'backups'),
    pictures: join(data, environment, 'pictures'),
    logs: join(data, 'logs'),
    batches: join(data, environment, 'batches'),
    practiceState: join(data, 'practice-marketplace.sqlite'),
  };
}
