import { type Armed, type FaultAction, readFaultScript } from './fault-script.ts';

export interface Strike {
  readonly id: string;
  readonly action: FaultAction;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
}

/** The rules that are armed now, and the calls they hold. Not kept in the state file: a new server runs without faults. */
export class Faults {
  readonly #now: () => number;
  #armed: readonly Armed[] = [];
  #waiting: { id: string; release: () => void }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes the place of all rules before, and lets go what those held. Returns what is wrong with the script, if anything: then nothing changed. */
  arm(script: unknown): readonly string[] {
    const read = readFaultScript(script, this.#now());
    if ('problems' in read) return read.problems;
    this.#armed = read.rules;
    this.release();
    return [];
  }

  /** The first rule that strikes this call. Each rule counts every call that fits its description. */
  strike(call: Call): Strike | undefined {
    let strike: Strike | undefined;
    for (const armed of this.#armed) {
      if (!fits(armed, call, this.#now())) continue;
      armed.seen += 1;
      const drawn = armed.rule.rate === undefined || armed.random() < armed.rule.rate;
      if (strike !== undefined || !drawn || !isTurn(armed)) continue;
      armed.struck += 1;
      strike = { id: armed.id, action: armed.rule.action };
    }
    return strike;
  }

  /** Waits until the rule is released. */
  hold(id: string): Promise<void> {
    return new Promise((release) => {
      this.#waiting.push({ id, release });
    });
  }

  /** Lets go the calls held by one rule, or all of them; says how many. */
  release(id?: string): number {
    const going = this.#waiting.filter((one) => id === undefined || one.id === id);
    this.#waiting = this.#waiting.filter((one) => !going.includes(one));
    for (const one of going) one.release();
    return going.length;
  }

  status(): unknown {
    return {
      rules: this.#armed.map(({ rule, id, seen, struck }) => ({ ...rule, id, seen, struck })),
      waiting: this.#waiting.map(({ id }) => id),
    };
  }
}

function fits(armed: Armed, call: Call, now: number): boolean {
  const { match, during } = armed.rule;
  if (during !== undefined && !(now >= armed.since + during.fromMs && now < armed.since + during.untilMs)) return false;
  if (match?.method !== undefined && match.method.toUpperCase() !== call.method) return false;
  if (armed.path !== undefined && !armed.path.test(call.path)) return false;
  return armed.operation === undefined || armed.operation.test(call.operation ?? '');
}

function isTurn(armed: Armed): boolean {
  const { nth, count } = armed.rule;
  if (nth !== undefined && !(Array.isArray(nth) ? nth : [nth]).includes(armed.seen)) return false;
  return count === undefined || armed.struck < count;
}
