import { parentPort, type TransferListItem } from 'node:worker_threads';

/**
 * The program of a thread of a pool (`thread-pool.ts`): answers each message with one. What fails ends the thread, for its memory may be in
 * disorder. What libraries report to the console is dropped: nobody would read it, and unread it keeps the process alive.
 */
export function answerInThread<Request, Answer>(
  work: (request: Request) => Promise<Answer>,
  transferOf: (answer: Answer) => TransferListItem[] = () => [],
): void {
  for (const stream of [process.stdout, process.stderr]) stream.write = () => true;
  parentPort?.on('message', (request: Request) => {
    void work(request).then((answer) => parentPort?.postMessage(answer, transferOf(answer)));
  });
}
