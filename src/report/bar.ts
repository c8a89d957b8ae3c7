import { SingleBar } from 'cli-progress';
import { clockText, counted } from './amounts.ts';
import { MILESTONES } from './run-progress.ts';
import { cut, widthOf } from './text.ts';

/** What one frame shows. */
export interface Frame {
  /** 0 to 1. */
  readonly share: number;
  readonly ended: number;
  readonly items: number;
  readonly passed: readonly number[];
  readonly etaSeconds: number | undefined;
}

export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

const FRAMES_PER_SECOND = 5;
const LONGEST_BAR = 30;

/** The one progress bar: it stays on the last line while everything else scrolls above it. */
export class Bar {
  readonly #bar: SingleBar;
  readonly #terminal: Terminal;
  #drawn = false;

  /** `frame` is asked at every redraw, so that the remaining time runs by itself. A text stands there as it is. */
  constructor(terminal: Terminal, columns: () => number, frame: () => Frame | string) {
    this.#terminal = terminal;
    this.#bar = new SingleBar({
      stream: streamOf(terminal, columns),
      format: () => {
        const shown = frame();
        return typeof shown === 'string' ? cut(shown, columns() - 1) : frameText(shown, columns());
      },
      fps: FRAMES_PER_SECOND,
      forceRedraw: true,
      clearOnComplete: true,
      hideCursor: false,
      // Wrapping stays on: a terminal must not be left without it when the program is killed.
      linewrap: true,
      // The run's own signal handling closes the reporter.
      gracefulExit: false,
      emptyOnZero: true,
    });
  }

  /** Shows the bar; from then on it redraws itself. Repeatable. */
  draw(): void {
    if (!this.#drawn) this.#bar.start(1, 0);
    this.#drawn = true;
  }

  /** Takes the bar off the last line, lets `print` write whole lines, and puts it back. */
  above(print: () => void): void {
    if (this.#drawn) this.#terminal.write('\r\u001b[2K');
    print();
    if (this.#drawn) this.#bar.render();
  }

  /** Removes the bar. Repeatable. */
  stop(): void {
    if (this.#drawn) this.#bar.stop();
    this.#drawn = false;
  }
}

/** The widest form that fits: ` 42 % [=====>----] 12/30 items  ETA 1:20  images processed 20, …`. */
function frameText({ share, ended, items, passed, etaSeconds }: Frame, columns: number): string {
  // 100 only when the last item has ended.
  const percent = `${String(ended === items && items > 0 ? 100 : Math.min(99, Math.floor(share * 100))).padStart(3)} %`;
  const eta = `ETA ${etaSeconds === undefined ? '--:--' : clockText(etaSeconds)}`;
  const milestones = MILESTONES.slice(0, -1).map(({ label }, at) => `${label} ${passed[at] ?? 0}`);
  // The last column stays free: some terminals wrap when it is written.
  const room = columns - 1;
  const withBar = (tail: string): string | undefined => {
    const length = Math.min(LONGEST_BAR, room - widthOf(percent) - widthOf(tail) - 4);
    if (length < 8) return undefined;
    const done = Math.round(share * length);
    return `${percent} [${'='.repeat(done)}${'-'.repeat(length - done)}] ${tail}`;
  };
  const count = `${ended}/${counted(items, 'item')}`;
  return (
    withBar(`${count}  ${eta}  ${milestones.join(', ')}`) ?? withBar(`${count}  ${eta}`) ?? cut(`${percent} ${ended}/${items} ${eta}`, room)
  );
}

/**
 * cli-progress saves the cursor at the start and returns there at the end. With lines scrolling above the
 * bar that place is another line by then, so these two sequences are left out.
 */
function streamOf(terminal: Terminal, columns: () => number): NodeJS.WritableStream {
  const stream = {
    isTTY: terminal.isTTY === true,
    get columns(): number {
      return columns();
    },
    write(text: string): boolean {
      if (text !== '\u001b7' && text !== '\u001b8') terminal.write(text);
      return true;
    },
  };
  return stream as unknown as NodeJS.WritableStream;
}
