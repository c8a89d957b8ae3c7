import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** Only util-linux's `script` takes a command and tells its exit code. */
export const hasPseudoTerminal = (): boolean =>
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

export interface TerminalRun {
  /** Words of a command line. */
  readonly command: readonly string[];
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Each piece of what the program wrote, as it comes. */
  readonly onText: (text: string) => void;
}

/** Runs a program on a real terminal of that size. The exit code is the program's own. */
export function onTerminal({ command, columns, rows, cwd, env, onText }: TerminalRun): {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
} {
  const line = `stty cols ${columns} rows ${rows}; exec ${command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')}`;
  // Standard input stays open: its end would be typed into the terminal as the end of the program's.
  const child = spawn('script', ['-qefc', line, '/dev/null'], { cwd, env: { ...env, TERM: 'xterm-256color', SHELL: '/bin/sh' } });
  child.stdout.setEncoding('utf8').on('data', onText);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
  return { child, ended };
}
