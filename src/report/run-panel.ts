import type { ChalkInstance } from 'chalk';
import { clockText, counted, durationText } from './amounts.ts';
import { MILESTONES, type StageProgress } from './run-progress.ts';
import { cut, widthOf } from './text.ts';

/** What one frame shows. */
export interface Frame {
  /** 0 to 1. */
  readonly share: number;
  readonly ended: number;
  readonly items: number;
  readonly passed: readonly number[];
  readonly etaSeconds: number | undefined;
  readonly stages: readonly StageProgress[];
}

export interface PanelRoom {
  readonly columns: number;
  readonly rows: number;
  readonly paint: ChalkInstance;
}

const LONGEST_BAR = 30;
/** Lines above the panel that must stay in sight, for what has just finished. */
const ROOM_ABOVE = 4;
/** Narrower than this no line of a stage says anything. */
const NARROWEST = 30;

/** A line for each stage and the bar of the whole run; the bar alone where the lines do not fit. */
export function panelLines(frame: Frame, { columns, rows, paint }: PanelRoom): readonly string[] {
  // The last column stays free: some terminals wrap when it is written.
  const room = columns - 1;
  // An empty line parts them from what has scrolled.
  const lines = ['', ...frame.stages.map((stage) => stageText(stage, room, paint)), barText(frame, room, false)];
  return lines.length + ROOM_ABOVE > rows || room < NARROWEST ? [barText(frame, room, true)] : lines;
}

const LOOKS = {
  waiting: { mark: '·', word: 'waiting', color: 'dim' },
  'under way': { mark: '▸', word: 'under way', color: 'cyan' },
  done: { mark: '✓', word: 'done', color: 'green' },
} as const;

/** `▸ read      under way  18/30  3 at work  1.2 s each`: what does not fit is left out from the right. */
function stageText({ name, state, done, expected, atWork, meanMs }: StageProgress, room: number, paint: ChalkInstance): string {
  const { mark, word, color } = LOOKS[state];
  const head = `${mark} ${name.padEnd(8)}  ${word.padEnd(9)}`;
  const more = [
    `${done}/${expected}`.padStart(9),
    atWork > 0 ? `${String(atWork).padStart(3)} at work` : ' '.repeat(11),
    meanMs === undefined ? '' : `${durationText(meanMs / 1000)} each`,
  ];
  let line = head;
  for (const part of more) {
    if (widthOf(line) + 2 + widthOf(part) > room) break;
    line += `  ${part}`;
  }
  return state === 'under way' && atWork === 0 ? line.trimEnd() : paint[color](line.trimEnd());
}

/** The widest form that fits: ` 42 % [=====>----] 12/30 items  ETA 1:20  images processed 20, …`. */
function barText({ share, ended, items, passed, etaSeconds }: Frame, room: number, alone: boolean): string {
  // 100 only when the last item has ended.
  const percent = `${String(ended === items && items > 0 ? 100 : Math.min(99, Math.floor(share * 100))).padStart(3)} %`;
  const eta = `ETA ${etaSeconds === undefined ? '--:--' : clockText(etaSeconds)}`;
  const milestones = MILESTONES.slice(0, -1).map(({ label }, at) => `${label} ${passed[at] ?? 0}`);
  const withBar = (tail: string): string | undefined => {
    const length = Math.min(LONGEST_BAR, room - widthOf(percent) - widthOf(tail) - 4);
    if (length < 8) return undefined;
    const done = Math.round(share * length);
    return `${percent} [${'='.repeat(done)}${'-'.repeat(length - done)}] ${tail}`;
  };
  const count = `${ended}/${counted(items, 'item')}`;
  return (
    (alone ? withBar(`${count}  ${eta}  ${milestones.join(', ')}`) : undefined) ??
    withBar(`${count}  ${eta}`) ??
    cut(`${percent} ${ended}/${items} ${eta}`, room)
  );
}
