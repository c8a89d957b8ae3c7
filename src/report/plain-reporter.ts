import type { ItemFinished, RunEvent } from '../core/events.ts';
import { counted } from './amounts.ts';
import { batchLine } from './batches.ts';
import { estimateText, nameOf, outcomeWord, placeText, reasonText } from './item-lines.ts';
import type { ReportContext, Reporter } from './report-context.ts';
import { Summary, summaryLine } from './summary.ts';
import { clean } from './text.ts';
import { verboseLine } from './verbose-line.ts';
import { reviewLines, watchedRunLine, watchLine } from './watch.ts';

/** Piped output: one line per thing that ended, words instead of marks, no control characters. */
export class PlainReporter implements Reporter {
  readonly #context: ReportContext;
  #summary = new Summary();
  #dryRun = false;
  /** Many runs follow each other: each is told in a line. */
  #watches = false;

  constructor(context: ReportContext) {
    this.#context = context;
  }

  on(event: RunEvent): void {
    const { out, err, quiet, verbose } = this.#context;
    this.#summary.take(event);
    if (event.type === 'run.started') this.#dryRun = event.dryRun;
    if (event.type === 'watch.started' || event.type === 'review.started') this.#watches = true;
    for (const line of quiet ? this.#quietLines(event) : this.#lines(event)) out.write(`${line}\n`);
    if (event.type === 'run.finished') this.#summary = new Summary();
    const aside = verbose ? verboseLine(event, this.#context.now()) : undefined;
    if (aside !== undefined) err.write(`${aside}\n`);
  }

  close(): void {}

  #lines(event: RunEvent): string[] {
    const { cwd, paint, commandSuffix } = this.#context;
    switch (event.type) {
      case 'watch.started':
      case 'watch.stopped':
        return [`${label('watch')}${watchLine(event, cwd)}`];
      case 'review.started':
      case 'review.stopped':
        return reviewLines(event).map((line) => `${label('review')}${line}`);
      case 'run.started':
        return [`${label('run')}${event.run}, ${event.environment}${event.dryRun ? ', dry run' : ''}`];
      case 'run.notice':
        return [`${label('note')}${clean(event.message)}`];
      case 'run.stopping':
        return [`${label('stopping')}${reasonText(event.reason)} ${clean(event.reason.hint)}`];
      case 'scan.finished':
        return [
          `${label('found')}${counted(event.items, 'item')}, ${counted(event.photos, 'photo')}, ${counted(event.refused, 'file')} not used`,
        ];
      case 'file.refused':
        return [`${label('refused')}${placeText(event.path, cwd)}: ${reasonText(event.reason)} ${clean(event.reason.hint)}`];
      case 'file.warned':
        return [`${label('warning')}${placeText(event.path, cwd)}: ${reasonText(event.reason)}`];
      case 'item.finished':
        return [itemLine(event, this.#dryRun, cwd)];
      case 'run.finished':
        if (this.#watches) return [`${label('run ended')}${watchedRunLine(event, commandSuffix)}`];
        // Addresses and commands are not broken into pieces for a pipe.
        return this.#summary.lines(event, { paint, columns: Number.POSITIVE_INFINITY, cwd, commandSuffix });
      case 'batch.sent':
      case 'batch.progress':
      case 'batch.finished':
        return [`${label('batch')}${batchLine(event)}`];
      default:
        return [];
    }
  }

  #quietLines(event: RunEvent): string[] {
    if (event.type === 'run.finished') return [summaryLine(event)];
    // Without its address the page could not be opened.
    if (event.type === 'review.started') return this.#lines(event);
    const failed = event.type === 'run.stopping' || (event.type === 'item.finished' && event.outcome === 'failed');
    return failed ? this.#lines(event) : [];
  }
}

/** Wide enough for `would list`. */
const label = (word: string): string => word.padEnd(12);

/** `held        EF… photos/mug: Blue mug: No brand was found. [facts.missing] Add it …` */
function itemLine(event: ItemFinished, dryRun: boolean, cwd: string): string {
  const { sku, source, listingUrl, reason, outcome, estimate } = event;
  const place = placeText(source, cwd);
  const name = nameOf(event, cwd);
  const head = `${label(outcomeWord(outcome, dryRun))}${clean(sku)} ${place}${name === place ? '' : `: ${name}`}`;
  if (estimate) return `${head}: ${estimateText(estimate)}`;
  if (reason) return `${head}: ${reasonText(reason)} ${clean(reason.hint)}`;
  return listingUrl === undefined ? head : `${head} ${clean(listingUrl)}`;
}
