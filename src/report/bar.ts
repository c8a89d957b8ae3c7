import { MultiBar } from 'cli-progress';

export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

const FRAMES_PER_SECOND = 5;

/** The last lines of a terminal, which stay there while everything else scrolls above them. */
export class Bar {
  readonly #terminal: Terminal;
  readonly #frame: () => readonly string[];
  #bars: MultiBar | undefined;
  #lines: readonly string[] = [];
  /** What is written is collected, so that a frame goes out whole and does not flicker. */
  #pending = '';

  /** `frame` is asked at every redraw, so that the remaining time runs by itself; its lines must fit the terminal. */
  constructor(terminal: Terminal, frame: () => readonly string[]) {
    this.#terminal = terminal;
    this.#frame = frame;
  }

  /** Shows the lines; from then on they redraw themselves. Repeatable. */
  draw(): void {
    if (this.#bars) return;
    this.#lines = this.#frame();
    if (this.#lines.length === 0) return;
    const bars = new MultiBar({
      stream: this.#stream(),
      // The payload is the number of the line.
      format: (_options, _params, { at }: { at: number }) => this.#lines[at] ?? '',
      fps: FRAMES_PER_SECOND,
      forceRedraw: true,
      clearOnComplete: true,
      hideCursor: false,
      // Wrapping stays on: a terminal must not be left without it when the program is killed.
      linewrap: true,
      // The run's own signal handling closes the reporter.
      gracefulExit: false,
    });
    for (const at of this.#lines.keys()) bars.create(1, 0, { at });
    bars.on('update-pre', () => {
      this.#lines = this.#frame();
    });
    bars.on('update-post', () => {
      this.#flush();
      // cli-progress cannot take a line away: where their number changes (a resized terminal), all are drawn anew.
      if (this.#bars === bars && this.#lines.length !== countOf(bars)) this.above(() => {});
    });
    this.#bars = bars;
    bars.update();
  }

  /** Takes the lines off the terminal, lets `print` write whole lines, and puts them back. */
  above(print: () => void): void {
    const drawn = this.#bars !== undefined;
    this.stop();
    print();
    if (drawn) this.draw();
  }

  /** Removes the lines. Repeatable. */
  stop(): void {
    const bars = this.#bars;
    this.#bars = undefined;
    bars?.stop();
    this.#flush();
  }

  #flush(): void {
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') this.#terminal.write(text);
  }

  #stream(): NodeJS.WritableStream {
    const stream = {
      isTTY: this.#terminal.isTTY === true,
      // The lines fit already; cli-progress would count the characters of their colours as well.
      columns: Number.POSITIVE_INFINITY,
      write: (text: string): boolean => {
        this.#pending += text;
        return true;
      },
    };
    return stream as unknown as NodeJS.WritableStream;
  }
}

/** Not in the types of cli-progress. */
const countOf = (bars: MultiBar): number => (bars as unknown as { readonly bars: readonly unknown[] }).bars.length;
