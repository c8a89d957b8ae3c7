import type { Reason } from '../core/errors.ts';
import type { ItemFinished, RunEvent } from '../core/events.ts';
import { moneyLabel } from '../core/money.ts';
import type { Outcome } from '../core/outcome.ts';
import { counted } from './amounts.ts';
import { Bar } from './bar.ts';
import { batchLine } from './batches.ts';
import { Eta } from './eta.ts';
import { estimateText, isOrdinaryFile, nameOf, outcomeWord, placeText, reasonText } from './item-lines.ts';
import type { ReportContext, Reporter } from './report-context.ts';
import { panelLines } from './run-panel.ts';
import { RunProgress } from './run-progress.ts';
import { Summary, summaryLine } from './summary.ts';
import { clean, cut, widthOf, wrap } from './text.ts';
import { verboseLine } from './verbose-line.ts';
import { reviewLines, waitingText, watchedRunLine, watchLine } from './watch.ts';

const MARKS: Readonly<Record<Outcome, string>> = { listed: '✓', already: '=', held: '?', failed: '✗', deferred: '…', skipped: '-' };
const COLORS = { listed: 'green', already: 'dim', held: 'yellow', failed: 'red', deferred: 'yellow', skipped: 'dim' } as const;

/** For people: stages and a bar on standard error, finished items scrolling above it, a summary that names the next step. */
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
    const { err, quiet, columns, rows, now, paint } = context;
    if (err.isTTY !== true || quiet) return;
    this.#bar = new Bar(err, () => {
      if (this.#waiting !== undefined) return [cut(this.#waiting, columns() - 1)];
      const { share, ended, items, passed, stages, earnedMs, remainingMs } = this.#progress;
      const etaSeconds = this.#eta.seconds(now(), earnedMs, remainingMs);
      return panelLines({ share, ended, items, passed, etaSeconds, stages }, { columns: columns(), rows: rows(), paint });
    });
  }

  on(event: RunEvent): void {
    if (event.type === 'run.started') this.#dryRun = event.dryRun;
    this.#summary.take(event);
    this.#progress.take(event);
    this.#eta.take(this.#context.now(), this.#progress.earnedMs);
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
    const said = (text: string): string[] => wrap(text, columns());
    switch (event.type) {
      case 'watch.started':
      case 'watch.stopped':
        return said(watchLine(event, cwd)).map((line) => paint.bold(line));
      case 'review.started':
      case 'review.stopped':
        return reviewLines(event).map((line) => paint.bold(line));
      case 'run.started':
        if (this.#watches && this.#environmentSaid) return [];
        this.#environmentSaid = true;
        return said(`${ENVIRONMENTS[event.environment]}${event.dryRun ? ' Dry run: nothing is written.' : ''}`).map((line) =>
          paint.dim(line),
        );
      case 'run.notice':
        return said(clean(event.message)).map((line) => paint.cyan(line));
      case 'run.stopping':
        return said(`Stopping: ${reasonText(event.reason)}`).map((line) => paint.yellow(line));
      case 'scan.finished':
        return said(
          `${counted(event.items, 'item')} from ${counted(event.photos, 'photo')}${event.refused > 0 ? `, ${counted(event.refused, 'file')} not used` : ''}`,
        );
      case 'file.refused':
        if (isOrdinaryFile(event) && !verbose) {
          this.#summary.countOrdinaryFile();
          return [];
        }
        return this.#fileLines('! not used', event);
      case 'file.warned':
        return this.#fileLines('! warning ', event);
      case 'breaker.opened':
        return verbose ? [] : [paint.yellow(`${event.service} does not answer; its calls wait`)];
      case 'item.finished':
        // The summary counts them; ten thousand lines about what was finished long ago help nobody.
        return event.outcome === 'already' && !verbose ? [] : this.#itemLines(event);
      case 'run.finished':
        if (this.#watches) return said(watchedRunLine(event, commandSuffix)).map((line) => paint.dim(line));
        return this.#summary.lines(event, { paint, columns: columns(), cwd, commandSuffix, stages: this.#progress.stages });
      case 'batch.sent':
      case 'batch.progress':
      case 'batch.finished':
        return said(`batch ${batchLine(event)}`).map((line) => paint.cyan(line));
      default:
        return [];
    }
  }

  /** Mark, outcome, name and price; the address behind them where it fits, else below, whole, to be clicked. */
  #itemLines(event: ItemFinished): string[] {
    const { paint, columns, cwd } = this.#context;
    const mark = `${MARKS[event.outcome]} ${outcomeWord(event.outcome, this.#dryRun).padEnd(this.#dryRun ? 10 : 8)}`;
    // The estimate of a dry run tells the price itself.
    const price = event.price && !event.estimate ? `  ${moneyLabel(event.price)}` : '';
    const name = cut(nameOf(event, cwd), columns() - widthOf(mark) - 2 - widthOf(price));
    const head = `${paint[COLORS[event.outcome]](mark)}  ${name}${price}`;
    const tail = tailOf(event);
    if (tail === '') return [head];
    if (widthOf(mark) + 2 + widthOf(name) + widthOf(price) + 2 + widthOf(tail) <= columns()) return [`${head}  ${paint.dim(tail)}`];
    return [head, ...this.#below(tail).map((line) => paint.dim(line))];
  }

  /** A text under its line, set in as far as its longest word (an address) leaves room; that one is never cut. */
  #below(text: string): string[] {
    const columns = this.#context.columns();
    const longest = Math.max(...text.split(/ +/).map(widthOf));
    const indent = Math.max(0, Math.min(4, columns - longest));
    return wrap(text, columns - indent).map((line) => `${' '.repeat(indent)}${line}`);
  }

  /** What was found about a file: on one line where it fits. */
  #fileLines(mark: string, { path, reason }: { readonly path: string; readonly reason: Reason }): string[] {
    const { paint, columns, cwd } = this.#context;
    const place = placeText(path, cwd);
    const why = reasonText(reason);
    if (widthOf(mark) + 2 + widthOf(place) + 2 + widthOf(why) <= columns()) return [`${paint.yellow(mark)}  ${place}: ${why}`];
    return [`${paint.yellow(mark)}  ${cut(place, columns() - widthOf(mark) - 2)}`, ...this.#below(why)];
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
