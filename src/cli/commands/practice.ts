import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { foldersOf } from '../../config/folders.ts';
import { EasyflipError } from '../../core/errors.ts';
import type { Shell } from '../shell.ts';

interface PracticeFlags {
  readonly port?: string;
  readonly state?: string;
  readonly dataDir?: string;
  readonly faults?: string;
  readonly json?: boolean;
}

/** Often enough that a server started by `list` does not end for want of visitors. */
const KEEP_AWAKE_MS = 60_000;
/** It is on this machine. */
const ANSWER_MS = 10_000;

const HELP = `
It speaks eBay's wire protocol on this machine: no account, no network, nothing for sale. Other programs can be
tested with it too: send them to its address with the keys practice-app and practice-cert, the RuName
practice-ru-name and the refresh token practice-refresh-token.

  /                       the listings, as a buyer sees them
  /_practice/journal      every call that arrived
  /_practice/requests     the same as JSON
  /_practice/listings     every listing as JSON
  /_practice/faults       POST a script of what shall go wrong
  /_practice/settings     POST clock, latency, limits, eventual consistency
  /_practice/sales        POST {"sku":…}: someone buys
  /_practice/reset        POST: everything afresh

Examples:
  easyflip practice --port 4010
  easyflip practice --faults faults.json --state ./practice.sqlite

docs/practice.md tells it all, with a table of the rules it keeps.`;

/** This process is the practice marketplace, or joins the one that a run has started on the same state. */
export const practiceCommand = (shell: Shell): Command =>
  new Command('practice')
    .description('run the practice marketplace and look at its listings; stays until stopped')
    .option('--port <n>', 'port on 127.0.0.1 (default: any free one)')
    .option('--state <file>', 'where it remembers (default: in the data folder)')
    .option('--data-dir <dir>', 'folder of database and pictures (EASYFLIP_DATA_DIR)')
    .option('--faults <file>', 'JSON file with a script of what shall go wrong')
    .option('--json', 'print {"type":"practice.started","url":…}')
    .addHelpText('after', HELP)
    .action(async ({ port: wanted, state: named, dataDir, faults, json }: PracticeFlags) => {
      const port = wanted === undefined ? 0 : Number(wanted);
      if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
        throw new EasyflipError('usage.invalid', '--port takes a number from 0 to 65535.', { hint: 'Leave it out to take any free port.' });
      }
      const state = named ?? foldersOf({ dataDir, env: shell.env, environment: 'practice' }).practiceState;
      const script = faults === undefined ? undefined : await readScript(faults);
      const stopped = stopSignal();
      const [{ startPractice }, { claimOrJoin }] = await Promise.all([
        import('../../practice/server.ts'),
        import('../../practice/single-instance.ts'),
      ]);
      const claim = await claimOrJoin(state, () => startPractice({ state, port, onEnd: () => process.exit(0) })).catch((error: unknown) => {
        throw cannotStart(error, port);
      });
      const url = claim.kind === 'started' ? claim.practice.url : claim.url;
      if (claim.kind === 'joined' && port !== 0 && new URL(url).port !== String(port)) {
        throw new EasyflipError('practice.busy', `It is running already, at ${url}.`, {
          hint: 'Use that address, leave out --port, or give another --state.',
        });
      }
      if (script !== undefined)
        await armFaults(url, script).catch(async (error: unknown) => {
          if (claim.kind === 'started') await claim.practice.close().then(claim.release);
          throw error;
        });
      shell.out.write(
        json ? `${JSON.stringify({ type: 'practice.started', url })}\n` : `The practice marketplace is at ${url} (Ctrl-C ends it).\n`,
      );
      while (!stopped.aborted) {
        if (claim.kind === 'joined')
          await fetch(`${url}/_practice/health`, { signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_MS)]) }).catch(() => {});
        await pause(KEEP_AWAKE_MS, undefined, { signal: stopped }).catch(() => {});
      }
      if (claim.kind === 'started') {
        await claim.practice.close();
        claim.release();
      }
    });

function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

/** Errors: `usage.invalid` when the file cannot be read or is not JSON. */
async function readScript(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new EasyflipError('usage.invalid', `The script of faults ${path} cannot be read (${error.code}).`, { hint: 'Check the path.' });
  });
  try {
    JSON.parse(text);
  } catch {
    throw new EasyflipError('usage.invalid', `The script of faults ${path} is not JSON.`, {
      hint: 'It is a list of rules; docs/practice.md shows some.',
    });
  }
  return text;
}

/** Over HTTP, so that a server that was running already gets the script too. */
async function armFaults(url: string, script: string): Promise<void> {
  const response = await fetch(`${url}/_practice/faults`, { method: 'POST', body: script, signal: AbortSignal.timeout(ANSWER_MS) }).catch(
    () => {
      throw new EasyflipError('practice.unreachable', 'The practice marketplace did not take the script of faults.', {
        hint: 'End it, then run the same command again.',
      });
    },
  );
  if (response.ok) return;
  const { message } = (await response.json()) as { readonly message: string };
  throw new EasyflipError('usage.invalid', message, { hint: 'docs/practice.md tells what a script may hold.' });
}

function cannotStart(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  return new EasyflipError('practice.busy', `Port ${port} cannot be had (${code}).`, {
    hint: 'Choose another --port, or leave it out to take any free one.',
  });
}
