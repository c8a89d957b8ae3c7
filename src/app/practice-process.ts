import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endpoint } from '../config/endpoints.ts';
import { EasyflipError } from '../core/errors.ts';

/** The practice marketplace ends itself when nobody has asked it for so long. */
const IDLE_EXIT_SECONDS = 900;
/** First start fills its catalogue; a slow disk may take a while. */
const START_TIMEOUT_MS = 20_000;
const POLL_MS = 50;
/** One that is gone refuses at once; on an overloaded machine an answer may take seconds. */
const HEALTH_TIMEOUT_MS = 10_000;

const practiceServerFile = (): string => fileURLToPath(new URL('./practice-server.js', import.meta.url));

/** Where a practice server writes its address, beside its state. */
const addressFile = (stateFile: string): string => `${stateFile}.address.json`;

/**
 * Address of the practice marketplace: the one EASYFLIP_PRACTICE_URL names, else the one that runs on
 * this state, else a new process of its own, which outlives this program so that the listings can be
 * looked at. Its state file is its lock: of two started at once one gives way. Errors: `practice.unreachable`.
 */
export async function practiceUrl(stateFile: string, env: NodeJS.ProcessEnv): Promise<string> {
  const named = endpoint('EASYFLIP_PRACTICE_URL', env);
  if (named !== undefined) {
    if (await isHealthy(named)) return named;
    throw unreachable(`Nothing answers at EASYFLIP_PRACTICE_URL (${named}).`);
  }
  const running = await runningPractice(stateFile);
  if (running) return running;

  // The store has made the folder, as a rule. Never `recursive`: Node tries for ever below a system folder such as /proc.
  await mkdir(dirname(stateFile), { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw unreachable(`Its folder ${dirname(stateFile)} cannot be made.`);
  });
  const child = spawn(process.execPath, [practiceServerFile(), '--state', stateFile, '--idle-exit-seconds', String(IDLE_EXIT_SECONDS)], {
    detached: true,
    stdio: 'ignore',
  });
  let failure: string | undefined;
  child.on('error', (error) => {
    failure = error.message;
  });
  child.unref();
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline && failure === undefined; ) {
    const url = await runningPractice(stateFile);
    if (url) return url;
    await pause(POLL_MS);
  }
  throw unreachable(`The practice marketplace did not start${failure ? `: ${failure}` : ''}.`);
}

/** The address of a practice marketplace that is running on this state, if it answers. */
async function runningPractice(stateFile: string): Promise<string | undefined> {
  try {
    const { url } = JSON.parse(await readFile(addressFile(stateFile), 'utf8')) as { url?: unknown };
    return typeof url === 'string' && (await isHealthy(url)) ? url : undefined;
  } catch {
    return undefined;
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/_practice/health`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    return response.ok && ((await response.json()) as { ok?: unknown }).ok === true;
  } catch {
    return false;
  }
}

const unreachable = (message: string): EasyflipError =>
  new EasyflipError('practice.unreachable', message, { hint: 'Start it by hand with `easyflip practice` and read what it says.' });
