import { randomStream } from '../ground/random.ts';

/**
 * What may go wrong, as `POST /_practice/faults` takes it.
 * - `answer`: status (and body, headers) instead of the work; `reset`: connection cut before the work;
 *   `html-503`: a gateway page instead of the work; `delay`: the work comes `ms` later; `hold`: the work waits until released.
 * - `drop-after`: work done, connection cut; `malformed-json`: work done, half an answer;
 *   `delay-after`: work done, answer `ms` later; `hold-after`: work done, answer waits until released.
 */
type FaultAction =
  | { readonly type: 'answer'; readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly type: 'reset' | 'drop-after' | 'html-503' | 'malformed-json' | 'hold' | 'hold-after' }
  | { readonly type: 'delay' | 'delay-after'; readonly ms: number };

/** All given conditions must hold. `path` is a regular expression over path and query, `operation` over `sell_inventory.publishOffer`. */
interface FaultRule {
  readonly id?: string;
  readonly match?: { readonly method?: string; readonly path?: string; readonly operation?: string };
  /** Only these matching calls, counted from 1. */
  readonly nth?: number | readonly number[];
  /** At most so many times. */
  readonly count?: number;
  /** A share of the matching calls, drawn from a seeded stream: the same seed strikes the same calls. */
  readonly rate?: number;
  readonly seed?: number;
  readonly action: FaultAction;
}

interface Armed {
  readonly rule: FaultRule;
  readonly id: string;
  readonly random: () => number;
  readonly path: RegExp | undefined;
  readonly operation: RegExp | undefined;
  seen: number;
  struck: number;
}

export interface Strike {
  readonly id: string;
  readonly action: FaultAction;
}

const PLAIN_ACTIONS = ['reset', 'drop-after', 'html-503', 'malformed-json', 'hold', 'hold-after'];

export class Faults {
  #armed: Armed[] = [];
  #waiting: { id: string; release: () => void }[] = [];

  /** Takes the place of all rules before, and lets go what those held. Returns a sentence when the rules are wrong. */
  arm(value: unknown): string | undefined {
    const rules = Array.isArray(value) ? value : (value as { rules?: unknown } | null)?.rules;
    if (!Array.isArray(rules)) return 'Send a list of rules, or an object with the list under "rules".';
    try {
      this.#armed = rules.map((rule, index) => arm(rule as FaultRule, index));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    this.release();
    return undefined;
  }

  /** The first rule that strikes this call. Each rule counts every call that fits its description. */
  strike(call: { readonly method: string; readonly path: string; readonly operation: string | null }): Strike | undefined {
    let strike: Strike | undefined;
    for (const armed of this.#armed) {
      if (!fits(armed, call)) continue;
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

function arm(rule: FaultRule, index: number): Armed {
  const place = `rules[${index}]`;
  if (typeof rule !== 'object' || rule === null) throw new Error(`${place} must be an object.`);
  const { match = {}, action } = rule;
  const type = (action as FaultAction | undefined)?.type;
  const isAnswer = type === 'answer' && Number.isInteger((action as { status?: unknown }).status);
  const isDelay = (type === 'delay' || type === 'delay-after') && Number((action as { ms?: unknown }).ms) >= 0;
  if (!isAnswer && !isDelay && !PLAIN_ACTIONS.includes(String(type))) {
    throw new Error(
      `${place}.action must be {type: 'answer', status}, {type: 'delay' | 'delay-after', ms} or one of: ${PLAIN_ACTIONS.join(', ')}.`,
    );
  }
  if (rule.rate !== undefined && !(rule.rate >= 0 && rule.rate <= 1)) throw new Error(`${place}.rate must lie between 0 and 1.`);
  return {
    rule,
    id: rule.id ?? String(index + 1),
    random: randomStream(rule.seed ?? 1),
    path: match.path === undefined ? undefined : new RegExp(match.path),
    operation: match.operation === undefined ? undefined : new RegExp(match.operation),
    seen: 0,
    struck: 0,
  };
}

function fits(armed: Armed, call: { readonly method: string; readonly path: string; readonly operation: string | null }): boolean {
  const { method } = armed.rule.match ?? {};
  if (method !== undefined && method.toUpperCase() !== call.method) return false;
  if (armed.path !== undefined && !armed.path.test(call.path)) return false;
  return armed.operation === undefined || armed.operation.test(call.operation ?? '');
}

function isTurn(armed: Armed): boolean {
  const { nth, count } = armed.rule;
  if (nth !== undefined && !(Array.isArray(nth) ? nth : [nth]).includes(armed.seen)) return false;
  return count === undefined || armed.struck < count;
}
