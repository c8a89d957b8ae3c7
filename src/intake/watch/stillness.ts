/** What tells that a file changed. Times in milliseconds since 1970. */
export interface FileMark {
  readonly bytes: number;
  readonly modifiedMs: number;
  /** When its name, place or content changed; a copy that keeps the time of the original cannot keep this. */
  readonly changedMs: number;
}

interface Seen extends FileMark {
  readonly stillSinceMs: number;
}

/**
 * Since when files have not changed, by what was seen of them. Clocks of network drives are not believed: what was seen to
 * change, changed now. A file that is new here is as old as its own marks say, so that a backlog need not wait.
 */
export class Stillness {
  readonly #seen = new Map<string, Seen>();

  /** Notes what a file is like at `nowMs`; answers since when it is so. */
  note(path: string, mark: FileMark, nowMs: number): number {
    const before = this.#seen.get(path);
    if (before && before.bytes === mark.bytes && before.modifiedMs === mark.modifiedMs && before.changedMs === mark.changedMs) {
      return before.stillSinceMs;
    }
    const stillSinceMs = before ? nowMs : Math.min(nowMs, Math.max(mark.modifiedMs, mark.changedMs));
    this.#seen.set(path, { ...mark, stillSinceMs });
    return stillSinceMs;
  }

  /** Forgets files that are gone. Answers whether there were any. */
  keep(paths: ReadonlySet<string>): boolean {
    let gone = false;
    for (const path of this.#seen.keys()) {
      if (paths.has(path)) continue;
      this.#seen.delete(path);
      gone = true;
    }
    return gone;
  }
}
