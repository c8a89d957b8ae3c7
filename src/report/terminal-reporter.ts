import type { ItemFinished, RunEvent } from '../core/events.ts';
import type { Outcome } from '../core/outcome.ts';
import { counted } from './amounts.ts';
import { Bar } from './bar.ts';
import { batchLine } from './batches.ts';
import { Eta } from './eta.ts';
import { estimateText, isOrdinaryFile, nameOf, outcomeWord, placeText, reasonText } from './item-lines.ts';
import type { ReportContext, Reporter } from './report-context.ts';
import { RunProgress } from './run-progress.ts';
import { Summary, summaryLine } from './summary.ts';
import { clean, cut, widthOf, wrap } from './text.ts';
import { verboseLine } from './verbose-line.ts';
import { reviewLines, waitingText, watchedRunLine, watchLine } from './watch.ts';

const MARKS: Readonly<Record<Outcome, string>> = { listed: '✓', already: '=', held: '?', failed: '✗', deferred: '…', skipped: '-' };
const COLORS = { listed: 'green', already: 'dim', held: 'yellow', failed: 'red', deferred: 'yellow', skipped: 'dim' } as const;

/** For people: a bar on standard error, finished items scrolling above it, a summary that names the next step. */
export class TerminalReporter implements Reporter {
  readonly #context: ReportContext;
  #summary = new Summary();
  #progress = new RunProgress();
  #eta = new Eta();
  readonly #bar: Bar | undefined;
  #dryRun = false;
  /** Many runs follow each other: each is told in a line. */
  #watches = false;
  /** What stands on the last line while none is under way. */
  #waiting: string | undefined;
  #environmentSaid = false;

  constructor(context: ReportContext) {
    this.#context = context;
    const { err, quiet, columns, now } = context;
    if (err.isTTY !== true || quiet) return;
    this.#bar = new Bar(err, columns, () => {
      if (this.#waiting !== undefined) return this.#waiting;
      const { share, ended, items, passed, earnedPoints, remainingPoints } = this.#progress;
      return { share, ended, items, passed, etaSeconds: this.#eta.seconds(now(), earnedPoints, remainingPoints) };
    });
  }

  on(event: RunEvent): void {
    if (event.type === 'run.started') this.#dryRun = event.dryRun;
    this.#summary.take(event);
    this.#progress.take(event);
    this.#eta.take(this.#context.now(), this.#progress.earnedPoints);
    if (event.type === 'run.finished') this.#bar?.stop();
    if (event.type === 'watch.started' || event.type === 'review.started') this.#watches = true;
    if (event.type === 'watch.stopped' || event.type === 'review.stopped') this.#bar?.stop();
    this.#waiting = event.type === 'watch.waiting' ? waitingText(event) : event.type === 'run.begun' ? undefined : this.#waiting;
    this.#print(event);
    if (event.type === 'run.finished' && this.#watches) this.#forget();
    if (event.type === 'scan.finished' || event.type === 'item.started' || event.type === 'watch.waiting') this.#bar?.draw();
  }

  close(): void {
    this.#bar?.stop();
  }

  /** The next run begins at nothing. */
  #forget(): void {
    this.#summary = new Summary();
    this.#progress = new RunProgress();
    this.#eta = new Eta();
  }

  #print(event: RunEvent): void {
    const { out, err, quiet, verbose } = this.#context;
    const lines = quiet ? this.#quietLines(event) : [...this.#lines(event), ...this.#milestoneLines()];
    const aside = verbose ? verboseLine(event, this.#context.now()) : undefined;
    if (lines.length === 0 && aside === undefined) return;
    const write = (): void => {
      for (const line of lines) out.write(`${line}\n`);
      if (aside !== undefined) err.write(`${aside}\n`);
    };
    if (this.#bar) this.#bar.above(write);
    else write();
  }

  #lines(event: RunEvent): string[] {
    const { cwd, paint, commandSuffix, columns, verbose } = this.#context;
    switch (event.type) {
      case 'watch.started':
        return [paint.bold(watchLine(event, cwd))];
      case 'watch.stopped':
        return [paint.bold(watchLine(event, cwd))];
      case 'review.started':
      case 'review.stopped':
        return reviewLines(event).map((line) => paint.bold(line));
      case 'run.started':
        if (this.#watches && this.#environmentSaid) return [];
        this.#environmentSaid = true;
        return [paint.dim(`${ENVIRONMENTS[event.environment]}${event.dryRun ? ' Dry run: nothing is written.' : ''}`)];
      case 'run.notice':
        return [paint.cyan(clean(event.message))];
      case 'run.stopping':
        return [paint.yellow(`Stopping: ${reasonText(event.reason)}`)];
      case 'scan.finished':
        return [
          `${counted(event.items, 'item')} from ${counted(event.photos, 'photo')}${event.refused > 0 ? `, ${counted(event.refused, 'file')} not used` : ''}`,
        ];
      case 'file.refused':
        if (isOrdinaryFile(event) && !verbose) {
          this.#summary.countOrdinaryFile();
          return [];
        }
        return [`${paint.yellow('! not used')}  ${placeText(event.path, cwd)}: ${reasonText(event.reason)}`];
      case 'file.warned':
        return [`${paint.yellow('! warning')}   ${placeText(event.path, cwd)}: ${reasonText(event.reason)}`];
      case 'breaker.opened':
        return verbose ? [] : [paint.yellow(`${event.service} does not answer; its calls wait`)];
      case 'item.finished':
        // The summary counts them; ten thousand lines about what was finished long ago help nobody.
        return event.outcome === 'already' && !verbose ? [] : this.#itemLines(event);
      case 'run.finished':
        if (this.#watches) return [paint.dim(watchedRunLine(event, commandSuffix))];
        return this.#summary.lines(event, { paint, columns: columns(), cwd, commandSuffix });
      case 'batch.sent':
      case 'batch.progress':
      case 'batch.finished':
        return [paint.cyan(`batch ${batchLine(event)}`)];
      default:
        return [];
    }
  }

  /** Mark, outcome and name; the address behind it where it fits, else below, whole, to be clicked. */
  #itemLines(event: ItemFinished): string[] {
    const { paint, columns, cwd } = this.#context;
    const mark = `${MARKS[event.outcome]} ${outcomeWord(event.outcome, this.#dryRun).padEnd(this.#dryRun ? 10 : 8)}`;
    const name = cut(nameOf(event, cwd), columns() - widthOf(mark) - 2);
    const head = `${paint[COLORS[event.outcome]](mark)}  ${name}`;
    const tail = tailOf(event);
    if (tail === '') return [head];
    if (widthOf(mark) + 2 + widthOf(name) + 2 + widthOf(tail) <= columns()) return [`${head}  ${paint.dim(tail)}`];
    return [head, ...wrap(tail, columns() - 4).map((line) => `    ${paint.dim(line)}`)];
  }

  /** `25 %  images processed`, once all items are past it. A dry run creates no listing. */
  #milestoneLines(): string[] {
    return this.#progress
      .milestonesReached()
      .filter(({ percent }) => percent < 100 || !this.#dryRun)
      .map(({ percent, label }) => this.#context.paint.dim(`${String(percent).padStart(3)} %  ${label}`));
  }

  #quietLines(event: RunEvent): string[] {
    if (event.type === 'run.finished') return [summaryLine(event)];
    const failed = event.type === 'run.stopping' || (event.type === 'item.finished' && event.outcome === 'failed');
    return failed ? this.#lines(event) : [];
  }
}

/** What follows the name: why not, what it would cost, or where it is. */
function tailOf({ reason, estimate, listingUrl }: ItemFinished): string {
  if (reason) return reasonText(reason);
  return estimate ? estimateText(estimate) : clean(listingUrl ?? '');
}

const ENVIRONMENTS = {
  practice: 'Practice marketplace on this machine: nothing reaches eBay.',
  sandbox: "eBay's sandbox: no real listings.",
  production: 'eBay production: real listings.',
} as const;
