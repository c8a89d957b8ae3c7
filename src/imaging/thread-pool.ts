import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type TransferListItem, Worker } from 'node:worker_threads';
import { Gate } from '../core/gate.ts';

export interface ThreadPoolOptions<Answer> {
  /** Requests worked on at once, each in a thread of its own. */
  readonly threads: number;
  /** The threads' program (`answer-in-thread.ts`). */
  readonly program: string;
  /** A request that lasts longer is ended together with its thread. */
  readonly timeoutMs: number;
  /** A thread without work ends after so long. */
  readonly idleMs: number;
  /** Whether a thread is replaced after this answer, its so manyth: the memory of WebAssembly only grows. Default: never. */
  readonly wornOut?: (answer: Answer, answers: number) => boolean;
  /** What is thrown when the thread ends without an answer. */
  readonly died: () => Error;
  /** What is thrown after `timeoutMs`. */
  readonly tooSlow: (timeoutMs: number) => Error;
}

export interface ThreadPool<Request, Answer> {
  /** May be repeated. Errors: `died`, `tooSlow`; the signal's reason, also in the middle of the work. */
  ask(request: Request, signal: AbortSignal, transfer?: readonly TransferListItem[]): Promise<Answer>;
}

interface Thread {
  readonly worker: Worker;
  answers: number;
  idleTimer?: NodeJS.Timeout | undefined;
}

/** Threads start when they are needed, end when idle, and never keep the process alive. One that dies or hangs is replaced. */
export function createThreadPool<Request, Answer>(options: ThreadPoolOptions<Answer>): ThreadPool<Request, Answer> {
  const { threads, program, idleMs, wornOut = () => false } = options;
  const idle: Thread[] = [];
  const gate = new Gate(threads);

  const drop = (thread: Thread): void => {
    clearTimeout(thread.idleTimer);
    const at = idle.indexOf(thread);
    if (at >= 0) idle.splice(at, 1);
    void thread.worker.terminate();
  };
  const rest = (thread: Thread): void => {
    thread.worker.unref();
    thread.idleTimer = setTimeout(() => drop(thread), idleMs).unref();
    idle.push(thread);
  };
  const wake = (): Thread => {
    const thread = idle.pop() ?? start(program);
    clearTimeout(thread.idleTimer);
    thread.worker.ref();
    return thread;
  };

  return {
    ask: (request, signal, transfer = []) =>
      gate.run(1, signal, async () => {
        signal.throwIfAborted();
        const thread = wake();
        thread.answers += 1;
        let isWell = false;
        try {
          const answer = await asked(thread.worker, request, transfer, options, signal);
          isWell = !wornOut(answer, thread.answers);
          return answer;
        } finally {
          if (isWell) rest(thread);
          else drop(thread);
        }
      }),
  };
}

function start(program: string): Thread {
  // What reaches the console all the same would tear progress bars and JSON lines. It is not read: reading keeps the process alive as long as the thread.
  const worker = new Worker(program, { stdout: true, stderr: true });
  worker.on('error', () => undefined);
  return { worker, answers: 0 };
}

function asked<Answer>(
  worker: Worker,
  request: unknown,
  transfer: readonly TransferListItem[],
  { timeoutMs, died, tooSlow }: ThreadPoolOptions<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onAnswer).off('error', onDeath).off('exit', onDeath);
      settle();
    };
    const onAnswer = (answer: Answer): void => end(() => resolve(answer));
    const onDeath = (): void => end(() => reject(died()));
    const onAbort = (): void => end(() => reject(signal.reason as Error));
    const timer = setTimeout(() => end(() => reject(tooSlow(timeoutMs))), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', onAnswer).on('error', onDeath).on('exit', onDeath);
    worker.postMessage(request, [...transfer]);
  });
}

/** The build puts the threads' programs beside the program; when the source itself runs (in tests), the built ones are used. */
export function threadProgram(name: string): string {
  const beside = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));
}
