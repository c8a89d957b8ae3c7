import type { ChalkInstance } from 'chalk';
import type { ItemFinished, RunEvent, RunFinished } from '../core/events.ts';
import type { Outcome } from '../core/outcome.ts';
import { REMOVED_KINDS, type RemovedCounts, type RemovedKind } from '../core/removed-metadata.ts';
import { costText, counted, durationText } from './amounts.ts';
import { nameOf, outcomeWord, placeText, reasonText } from './item-lines.ts';
import { nextCommand } from './next-command.ts';
import type { StageProgress } from './run-progress.ts';
import { clean, cut, widthOf, wrap } from './text.ts';

/** More than this nobody reads at the end of a run; `status` has them all. */
const SHOWN_PER_KIND = 10;

const WAITING = ['held', 'failed', 'deferred'] as const satisfies readonly Outcome[];
type Waiting = (typeof WAITING)[number];

const HEADINGS: Readonly<Record<Waiting, string>> = {
  held: 'Held, waiting for your decision:',
  failed: 'Failed:',
  deferred: 'Left for later:',
};

export interface SummaryStyle {
  readonly paint: ChalkInstance;
  readonly columns: number;
  readonly cwd: string;
  readonly commandSuffix: string;
  /** What each stage took; a terminal is told, a pipe is not. */
  readonly stages?: readonly StageProgress[];
}

/** Remembers the little that the end of a run needs; bounded, whatever the number of items. */
export class Summary {
  readonly #waiting: Readonly<Record<Waiting, ItemFinished[]>> = { held: [], failed: [], deferred: [] };
  #ordinaryFiles = 0;
  #stopped: Extract<RunEvent, { type: 'run.stopping' }> | undefined;

  take(event: RunEvent): void {
    if (event.type === 'item.finished' && isWaiting(event.outcome)) {
      const list = this.#waiting[event.outcome];
      if (list.length < SHOWN_PER_KIND) list.push(event);
    } else if (event.type === 'run.stopping') this.#stopped = event;
  }

  /** A file among the photos that is none; said once, as a number. */
  countOrdinaryFile(): void {
    this.#ordinaryFiles += 1;
  }

  lines(end: RunFinished, style: SummaryStyle): string[] {
    const { paint, columns } = style;
    const lines = ['', ...wrap(summaryLine(end), columns).map((line) => paint.bold(line))];
    lines.push(...stageLines(style));
    if (this.#ordinaryFiles > 0) lines.push(`${counted(this.#ordinaryFiles, 'file')} beside the photos left alone (--verbose names them)`);
    lines.push(...removedLines(end.removed, style));
    if (this.#stopped) lines.push(...stopLines(this.#stopped, style));
    for (const kind of WAITING) lines.push(...this.#waitingLines(kind, end.counts[kind], style));
    const next = nextSteps(end, style);
    if (next.length > 0) lines.push('', paint.bold('Next:'), ...next.flatMap((step) => stepLines(step, style)));
    return lines;
  }

  #waitingLines(kind: Waiting, count: number, { paint, columns, cwd, commandSuffix }: SummaryStyle): string[] {
    if (count === 0) return [];
    const shown = this.#waiting[kind];
    const lines = ['', paint.bold(HEADINGS[kind])];
    for (const item of shown) {
      const [name, place] = [nameOf(item, cwd), placeText(item.source, cwd)];
      const where = name === place ? item.item : `${item.item} ${place}`;
      // The id is what a command wants: it is never cut.
      const head = cut(name, Math.max(12, columns - 3 - widthOf(item.item)));
      lines.push(`  ${head} ${paint.dim(cut(where, Math.max(widthOf(item.item), columns - 3 - widthOf(head))))}`);
      const { reason } = item;
      if (reason) {
        lines.push(...wrap(reasonText(reason), columns - 4).map((line) => `    ${line}`));
        lines.push(...wrap(clean(reason.hint), columns - 4).map((line) => `    ${line}`));
      }
      const command = nextCommand(item.item, kind, reason, commandSuffix);
      // A hint that already names the command is not repeated; retry and resume are said once below.
      if (kind === 'held' && command && !reason?.hint.includes('easyflip ')) lines.push(`    ${paint.cyan(command)}`);
    }
    if (count > shown.length) lines.push(`  and ${count - shown.length} more: ${paint.cyan(`easyflip status${commandSuffix}`)}`);
    return lines;
  }
}

/** `Time by stage, an item on average, waiting included: prepare 1.2 s, read 4 s`. */
function stageLines({ stages = [], columns }: SummaryStyle): string[] {
  const parts = stages.flatMap(({ name, meanMs }) => (meanMs === undefined ? [] : [`${name} ${durationText(meanMs / 1000)}`]));
  if (parts.length === 0) return [];
  return wrap(`Time by stage, an item on average, waiting included: ${parts.join(', ')}`, columns);
}

/** A command and why, one below the other where they do not fit side by side. */
function stepLines({ command, why }: Step, { paint, columns }: SummaryStyle): string[] {
  if (2 + widthOf(command) + 2 + widthOf(why) <= columns) return [`  ${paint.cyan(command)}  ${why}`];
  return [`  ${paint.cyan(command)}`, ...wrap(why, columns - 4).map((line) => `    ${line}`)];
}

/** `30 items: 24 listed, 3 held, 3 failed; cost $0.12; 3 min 24 s`: all that --quiet leaves of a good run. */
export function summaryLine({ counts, costUsd, seconds, dryRun }: RunFinished): string {
  const parts = (['listed', 'already', 'held', 'failed', 'deferred', 'skipped'] as const)
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcomeWord(outcome, dryRun)}`);
  const outcomes = parts.length > 0 ? `: ${parts.join(', ')}` : '';
  return `${dryRun ? 'dry run, nothing was written: ' : ''}${counted(counts.items, 'item')}${outcomes}; cost ${costText(costUsd)}; ${durationText(seconds)}`;
}

const REMOVED: Readonly<Record<RemovedKind, string>> = {
  location: 'GPS position or place',
  names: 'names',
  'serial-numbers': 'serial numbers',
  camera: 'camera and time',
  'maker-notes': 'maker notes',
  thumbnail: 'thumbnail',
  xmp: 'XMP',
  iptc: 'IPTC',
};

/** `Removed from 34 photos: GPS position or place (12), serial numbers (3)`: kinds and numbers, never what they said. */
function removedLines({ photos, kinds }: RemovedCounts, { columns }: SummaryStyle): string[] {
  if (photos === 0) return [];
  const parts = REMOVED_KINDS.flatMap((kind) => (kinds[kind] ? [`${REMOVED[kind]} (${kinds[kind]})`] : []));
  return wrap(`Removed from ${counted(photos, 'photo')}: ${parts.join(', ')}`, columns);
}

const isWaiting = (outcome: Outcome): outcome is Waiting => (WAITING as readonly Outcome[]).includes(outcome);

function stopLines({ reason }: { readonly reason: ItemFinished['reason'] & object }, { paint, columns }: SummaryStyle): string[] {
  return [paint.yellow(`Stopped early: ${reasonText(reason)}`), ...wrap(clean(reason.hint), columns - 2).map((line) => `  ${line}`)];
}

interface Step {
  readonly command: string;
  readonly why: string;
}

function nextSteps({ counts, exitCode, dryRun, environment }: RunFinished, { commandSuffix: suffix, stages }: SummaryStyle): Step[] {
  if (dryRun) return [];
  const steps: Step[] = [];
  if (counts.held > 0) steps.push({ command: `easyflip status${suffix}`, why: 'see what is held, and the command that settles each' });
  if (counts.failed > 0) steps.push({ command: `easyflip retry-failed${suffix}`, why: 'run failed items again' });
  if (counts.deferred > 0 || exitCode === 4 || exitCode === 130)
    steps.push({ command: `easyflip resume${suffix}`, why: 'continue where this run stopped' });
  if (steps.length > 0 || !stages || counts.listed === 0) return steps;
  if (environment === 'practice') return [{ command: `easyflip status${suffix}`, why: 'where every item stands' }];
  return [{ command: `easyflip sync${suffix}`, why: 'later: what sold, what ended' }];
}
