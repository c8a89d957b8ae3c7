import { startPractice } from './server.ts';
import { claimOrJoin } from './single-instance.ts';

/** Exit code of a start that found the marketplace running already (EX_TEMPFAIL). */
const ALREADY_RUNNING = 75;
const USAGE = 'Usage: practice-server --state FILE [--port N] [--idle-exit-seconds N] [--latency-ms N]';

interface Arguments {
  readonly state: string;
  readonly port: number;
  readonly idleExitMs?: number;
  readonly latencyMs: number;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`The practice marketplace could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** One JSON line on standard output, then silence. */
async function main(argv: readonly string[]): Promise<void> {
  const options = readArguments(argv);
  if (options === undefined) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const outcome = await claimOrJoin(options.state, () => startPractice({ ...options, onEnd: () => finish() }));
  if (outcome.kind === 'joined') {
    print({ type: 'practice.already-running', url: outcome.url });
    process.exitCode = ALREADY_RUNNING;
    return;
  }
  const finish = () => {
    outcome.release();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void outcome.practice.close().then(finish));
  }
  print({ type: 'practice.started', url: outcome.practice.url });
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function readArguments(argv: readonly string[]): Arguments | undefined {
  const given = new Map<string, string>();
  for (let index = 0; index < argv.length; index += 2) {
    const name = argv[index];
    const value = argv[index + 1];
    if (name === undefined || value === undefined || !['--state', '--port', '--idle-exit-seconds', '--latency-ms'].includes(name))
      return undefined;
    given.set(name, value);
  }
  const state = given.get('--state');
  const port = Number(given.get('--port') ?? 0);
  const latencyMs = Number(given.get('--latency-ms') ?? 0);
  const idleSeconds = given.has('--idle-exit-seconds') ? Number(given.get('--idle-exit-seconds')) : undefined;
  if (state === undefined || !Number.isInteger(port) || port < 0 || port > 65_535 || !(latencyMs >= 0)) return undefined;
  if (idleSeconds !== undefined && !(idleSeconds > 0)) return undefined;
  return { state, port, latencyMs, ...(idleSeconds === undefined ? {} : { idleExitMs: idleSeconds * 1000 }) };
}
