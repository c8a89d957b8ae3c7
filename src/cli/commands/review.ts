import { Command } from 'commander';
import { EXIT } from '../../app/exit-code.ts';
import { EasyflipError } from '../../core/errors.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

interface ReviewFlags extends CommonFlags {
  readonly port?: string;
  readonly open?: boolean;
}

const ABOUT = `
The page is on this machine only. The first address opens it for the one who decides, once; the second, for whoever looks on, as often as
wanted. What is approved goes live while you go on, exactly as it was shown. Everything is done with the keyboard; ? tells the keys.
Stop it with Ctrl-C: what is going live is finished. docs/review.md tells more.

Examples:
  easyflip list ./photos --publish review    hold everything, then
  easyflip review                            decide in the browser
  easyflip review --open                     and open the browser at once
  easyflip review ./photos                   folders that are read again when you split and merge items
  easyflip review --port 4020 --json         the addresses as a line of JSON, for a script

Exit codes:
  0    stopped in order
  1    a bug in easyflip
  2    wrong usage or configuration; nothing was started
  4    trouble with the database`;

export const reviewCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('review')
      .description('decide on held items in the browser; what you approve goes live while you go on')
      .argument('[dir...]', 'the folders that were listed')
      .option('--port <n>', 'port on 127.0.0.1 (default: any free one)')
      .option('--open', 'open the page in your browser'),
  )
    .addHelpText('after', ABOUT)
    .action((folders: string[], flags: ReviewFlags) => {
      const port = portOf(flags.port);
      // Nothing that is worked out anew here goes live without having been seen.
      return withRunSession(shell, { ...flags, forced: { publish: 'review' } }, async ({ app, emit, control }) => {
        const [{ openReviewDesk }, { startReviewServer }] = await Promise.all([
          import('../../app/review/desk.ts'),
          import('../../web/server.ts'),
        ]);
        const desk = openReviewDesk(app, { emit, control, folders });
        const server = await startReviewServer(desk, { port }).catch((error: unknown) => {
          throw cannotListen(error, port);
        });
        try {
          emit({ type: 'review.started', url: server.url, viewerUrl: server.viewerUrl });
          if (flags.open) await openPage(server.url);
          await aborted(control.soft);
        } finally {
          await server.close();
          await desk.close();
        }
        emit({ type: 'review.stopped' });
        return { exitCode: EXIT.ok };
      });
    });

function portOf(text: string | undefined): number {
  const port = text === undefined ? 0 : Number(text);
  if (text !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new EasyflipError('usage.invalid', '--port takes a number from 0 to 65535.', { hint: 'Leave it out to take any free port.' });
}

function cannotListen(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  return new EasyflipError('usage.invalid', `Port ${port} cannot be had (${code}).`, {
    hint: 'Choose another --port, or leave it out to take any free one.',
  });
}

/** The address stands in the terminal anyway. */
async function openPage(url: string): Promise<void> {
  const { default: open } = await import('open');
  const child = await open(url).catch(() => undefined);
  child?.on('error', () => {});
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
