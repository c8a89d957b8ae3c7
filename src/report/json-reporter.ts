import type { RunEvent } from '../core/events.ts';
import { eventJson, jsonLine } from './json-lines.ts';
import type { ReportContext, Reporter } from './report-context.ts';
import { verboseLine } from './verbose-line.ts';

/** One JSON object per line on standard output and nothing else there; --quiet changes nothing about it. */
export class JsonReporter implements Reporter {
  readonly #context: ReportContext;

  constructor(context: ReportContext) {
    this.#context = context;
  }

  on(event: RunEvent): void {
    const line = eventJson(event);
    if (line) this.#context.out.write(jsonLine(line));
    const aside = this.#context.verbose ? verboseLine(event, this.#context.now()) : undefined;
    if (aside !== undefined) this.#context.err.write(`${aside}\n`);
  }

  close(): void {}
}
