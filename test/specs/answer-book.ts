import { resolve } from 'node:path';
import { answerProblems, summed } from './check.ts';
import { SpecDocuments } from './documents.ts';
import type { Exchange } from './exchange.ts';

let documents: SpecDocuments | undefined;

/**
 * Collects what a practice marketplace answered in a test, and says what of it eBay's documents do not know. Without
 * EASYFLIP_SPECS it collects nothing: then test/specs says that nothing is checked.
 */
export class AnswerBook {
  readonly #exchanges: Exchange[] = [];
  readonly #folder = process.env.EASYFLIP_SPECS ?? '';
  #isOpen = true;

  note(method: string, path: string, response: Response, text: string): void {
    if (this.#folder === '' || !this.#isOpen || path.startsWith('/_practice/')) return;
    this.#exchanges.push({
      method,
      path,
      requestHeaders: {},
      requestBody: Buffer.alloc(0),
      status: response.status,
      answerHeaders: Object.fromEntries(response.headers),
      answerBody: Buffer.from(text),
    });
  }

  /** From here on answers are played by a fault script. */
  close(): void {
    this.#isOpen = false;
  }

  /** Errors: one that lists every problem. */
  check(): void {
    if (this.#exchanges.length === 0) return;
    documents ??= new SpecDocuments(resolve(this.#folder, 'ebay'));
    const known = documents;
    const problems = summed(this.#exchanges.flatMap((one) => answerProblems(known, one)));
    if (problems.length > 0) throw new Error(`Answers that eBay's documents do not know:\n${problems.join('\n')}`);
  }
}
