import { spawn } from 'node:child_process';
import { EasyflipError } from '../core/errors.ts';

export interface CommandCall {
  readonly name: string;
  /** Program and arguments; no shell reads them. */
  readonly run: readonly string[];
  /** On its standard input. */
  readonly text: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Without our secrets: they are none of its business. */
  readonly env: NodeJS.ProcessEnv;
}

/** Runs the program once and waits for it. What it prints is thrown away. Not repeatable. Errors: `alert.unsent`. */
export function runCommand({ name, run, text, timeoutMs, signal, env }: CommandCall): Promise<void> {
  const [program = '', ...args] = run;
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(
        new EasyflipError('alert.unsent', `The command "${name}" was not told: ${why}.`, {
          hint: 'Look at alerts.commands in the settings, and try it by hand; it is told next time.',
        }),
      );
    if (signal.aborted) return fail('the program was stopped');
    // A group of its own, so that what it started ends with it.
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      env,
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let why: string | undefined;
    const end = (because: string): void => {
      why ??= because;
      try {
        if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended meanwhile.
      }
    };
    const timer = setTimeout(() => end(`it did not end within ${timeoutMs / 1000} s`), timeoutMs);
    const stop = (): void => end('the program was stopped');
    signal.addEventListener('abort', stop, { once: true });
    const settle = (work: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      work();
    };
    child.once('error', (error: NodeJS.ErrnoException) => settle(() => fail(`it cannot be started (${error.code ?? 'unknown'})`)));
    child.once('exit', (code, killedBy) =>
      settle(() => (why !== undefined ? fail(why) : code === 0 ? resolve() : fail(`it ended with ${code ?? killedBy}`))),
    );
    // Who does not read its input may still tell.
    child.stdin.on('error', () => {});
    child.stdin.end(text.endsWith('\n') ? text : `${text}\n`);
  });
}
