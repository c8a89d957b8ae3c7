import { open } from 'node:fs/promises';
import { arch, availableParallelism, freemem, homedir, platform, release, totalmem, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { foldersOf } from '../config/folders.ts';
import { loadSettings } from '../config/load.ts';
import { redact } from '../config/redact.ts';
import { SECRET_VARIABLES, secretsIn } from '../config/secrets.ts';
import { tellableSettings } from '../config/tellable.ts';
import { type SettingsFlags, VARIABLES } from '../config/variables.ts';
import { EasyflipError, reasonOf } from '../core/errors.ts';
import type { Environment } from '../core/settings.ts';
import { loadSharp } from '../imaging/load-sharp.ts';
import { type BundleSection, type BundleView, bundleSections, renderBundle } from '../report/bundle.ts';
import { lastRunLines } from '../report/log/read-log.ts';
import { serviceLines } from '../report/services.ts';
import { openApp } from './app.ts';
import { doctor } from './doctor/doctor.ts';
import { statusView } from './status.ts';
import { failedStories } from './story.ts';

export interface BundleRequest {
  /** Default: `easyflip-report-…txt` in the working folder. */
  readonly file: string | undefined;
  /** Titles, folders and sentences of failed items too. */
  readonly withItems: boolean;
  readonly version: string;
  readonly configFile: string | undefined;
  readonly dataDir: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly flags: SettingsFlags;
  readonly signal: AbortSignal;
}

export interface WrittenBundle {
  readonly file: string;
  readonly bytes: number;
  readonly sections: readonly BundleSection[];
}

/** More stories than this repeat each other. */
const MOST_STORIES = 50;

/**
 * Writes a file for a bug report, also when settings or database cannot be used. A new file for its owner only; asks nothing
 * outside. Errors: `usage.invalid` for a file that exists or cannot be written.
 */
export async function writeBundle(request: BundleRequest): Promise<WrittenBundle> {
  const view = await bundleView(request);
  const text = covered(renderBundle(view), request);
  const file = resolve(request.file ?? `easyflip-report-${view.at.slice(0, 16).replace(':', '-')}.txt`);
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.close();
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw new EasyflipError('usage.invalid', exists ? `The file ${file} exists already.` : `The file ${file} cannot be written.`, {
      hint: 'Name another: `easyflip report --bundle FILE`.',
      cause,
    });
  }
  return { file, bytes: Buffer.byteLength(text), sections: bundleSections(view) };
}

async function bundleView(request: BundleRequest): Promise<BundleView> {
  const { env, dataDir, flags, configFile, withItems } = request;
  const loaded = await loadSettings({ configFile, env, flags }).catch((error: unknown) => ({ code: reasonOf(error).code }));
  const environment: Environment = 'settings' in loaded ? loaded.settings.environment : 'practice';
  const folders = foldersOf({ dataDir, env, environment });
  const findings = await doctor({ configFile, dataDir, env, flags, signal: request.signal, offline: true });
  return {
    at: new Date().toISOString(),
    versions: await versions(request.version),
    machine: {
      platform: `${platform()} ${arch()} ${release()}`,
      cores: String(availableParallelism()),
      memory: `${Math.round(freemem() / 1e6)} MB free of ${Math.round(totalmem() / 1e6)} MB`,
      environment,
      ...('settings' in loaded ? { marketplace: loaded.settings.marketplace } : {}),
    },
    settings: 'settings' in loaded ? tellableSettings(loaded.settings, loaded.sources) : loaded,
    variables: Object.fromEntries([...SECRET_VARIABLES, ...OTHER_VARIABLES].map((name) => [name, env[name] ? 'set' : 'unset'] as const)),
    findings: findings.map(({ group, name, health }) => ({ group, name, health })),
    log: await lastRunLines(folders.logs),
    withItems,
    ...(await fromStore(request, 'settings' in loaded ? loaded : undefined)),
  };
}

type FromStore = Pick<BundleView, 'database' | 'states' | 'codes' | 'lastRun' | 'stories' | 'moreFailed' | 'services'>;

async function fromStore(
  { env, dataDir }: BundleRequest,
  loaded: Awaited<ReturnType<typeof loadSettings>> | undefined,
): Promise<FromStore> {
  const nothing = { states: {}, codes: {}, lastRun: null, stories: [], moreFailed: 0, services: [] };
  if (loaded === undefined) return { ...nothing, database: { code: 'config.invalid' } };
  try {
    const app = await openApp({ settings: loaded.settings, env, dataDir });
    try {
      const [status, stories, run, database] = await Promise.all([
        statusView(app),
        failedStories(app),
        app.store.runs.latest(),
        app.store.inspect(),
      ]);
      return {
        database,
        states: counts(status.items.map(({ state }) => state)),
        codes: counts(
          status.items.flatMap(({ state, reason }) => (reason && (state === 'failed' || state === 'held') ? [reason.code] : [])),
        ),
        services: serviceLines(status, app.clock.now()),
        lastRun: run
          ? {
              command: run.command,
              startedAt: run.startedAt,
              finishedAt: run.finishedAt ?? null,
              exitCode: run.exitCode ?? null,
              counts: run.counts ? { ...run.counts } : null,
            }
          : null,
        stories: stories.slice(0, MOST_STORIES),
        moreFailed: Math.max(0, stories.length - MOST_STORIES),
      };
    } finally {
      await app.close();
    }
  } catch (error) {
    return { ...nothing, database: { code: reasonOf(error).code } };
  }
}

const counts = (words: readonly string[]): Record<string, number> => {
  const counted: Record<string, number> = {};
  for (const word of words.toSorted()) counted[word] = (counted[word] ?? 0) + 1;
  return counted;
};

const OTHER_VARIABLES = [
  ...VARIABLES.map(({ variable }) => variable),
  'EBAY_APP_ID',
  'EBAY_RU_NAME',
  'OPENAI_BASE_URL',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_VISION_ENDPOINT',
];

async function versions(easyflip: string): Promise<Readonly<Record<string, string>>> {
  const sharp = await loadSharp().then(
    ({ versions: known }) => ({ sharp: known.sharp ?? 'unknown', libvips: known.vips }),
    () => ({ sharp: 'does not load' }),
  );
  return { easyflip, 'Node.js': process.version, OpenSSL: process.versions.openssl, ...sharp };
}

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Two decimal degrees beside each other. */
const PLACE = /-?\d{1,3}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}/g;

/** The second net: nothing of this should be in the text; sentences that were asked for may hold it. */
function covered(text: string, { env }: BundleRequest): string {
  const name = userName();
  const nameless = text.replaceAll(homedir(), '~').replace(/[^/\\\s]+/g, (piece) => (piece === name ? '[user]' : piece));
  return redact(nameless, secretsIn(env)).replace(EMAIL, '[e-mail]').replace(PLACE, '[place]');
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
