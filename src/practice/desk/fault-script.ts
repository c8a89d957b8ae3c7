import * as z from 'zod';
import { randomStream } from '../ground/random.ts';
import { ERROR_TABLE, type ErrorId } from '../wire/error-table.ts';

/**
 * What may go wrong.
 *
 * Instead of the work:
 * - `error`: eBay's own error of that number, at its status (`{ errorId: 2001, retryAfterSeconds: 7 }`);
 * - `answer`: any status, with body and headers; `html-503`: a gateway's page;
 * - `reset`: the connection is cut; `half-open`: taken, and never answered.
 *
 * Work done, but
 * - `drop-after`: the connection is cut; `half-open-after`: never answered;
 * - `malformed-json`: half an answer; `wrong-content-type`: JSON that says it is HTML;
 * - `duplicate`: the request arrives twice, and is answered the second time;
 * - `answer-twice`: its answer comes twice on one line.
 *
 * In time: `delay` and `delay-after` wait `ms` before or after the work, `hold` and `hold-after` until released.
 */
const PLAIN = [
  'html-503',
  'reset',
  'half-open',
  'drop-after',
  'half-open-after',
  'malformed-json',
  'wrong-content-type',
  'duplicate',
  'answer-twice',
  'hold',
  'hold-after',
] as const;

const knownError = z.custom<ErrorId>(
  (id) => typeof id === 'number' && id in ERROR_TABLE && ERROR_TABLE[id as ErrorId].status >= 400,
  'must be the number of an error that this marketplace knows',
);

const action = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('error'),
    errorId: knownError,
    retryAfterSeconds: z.int().min(0).optional(),
  }),
  z.strictObject({
    type: z.literal('answer'),
    status: z.int().min(200).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ type: z.enum(PLAIN) }),
  z.strictObject({ type: z.enum(['delay', 'delay-after']), ms: z.int().min(0).max(3_600_000) }),
]);

const pattern = z.string().refine(isPattern, 'is not a regular expression').optional();
const ordinal = z.int().min(1);

/** All given conditions must hold. */
const rule = z.strictObject({
  id: z.string().min(1).optional(),
  /** `path` and `operation` are regular expressions: over path and query, and over names like `sell_inventory.publishOffer`. */
  match: z.strictObject({ method: z.string().optional(), path: pattern, operation: pattern }).optional(),
  /** Only these of the matching calls, counted from 1. */
  nth: z.union([ordinal, z.array(ordinal)]).optional(),
  /** At most so many times. */
  count: ordinal.optional(),
  /** A share of the matching calls, drawn from a seeded stream: the same seed strikes the same calls. */
  rate: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
  /** A blackout: only in this time span, counted from the moment the script arrived, by the server's clock. */
  during: z.strictObject({ fromMs: z.int().min(0).default(0), untilMs: z.int().min(1) }).optional(),
  action,
});

type FaultRule = z.infer<typeof rule>;
export type FaultAction = z.infer<typeof action>;

/** A rule ready to strike. */
export interface Armed {
  readonly rule: FaultRule;
  readonly id: string;
  readonly random: () => number;
  readonly path: RegExp | undefined;
  readonly operation: RegExp | undefined;
  readonly since: number;
  seen: number;
  struck: number;
}

/** A script as `POST /_practice/faults` takes it: armed rules, or what is wrong, a line for each problem. */
export function readFaultScript(
  value: unknown,
  now: number,
): { readonly rules: readonly Armed[] } | { readonly problems: readonly string[] } {
  const list = Array.isArray(value) ? value : (value as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(list)) return { problems: ['Send a list of rules, or an object with the list under "rules".'] };
  const checked = list.map((one) => rule.safeParse(one));
  const problems = checked.flatMap(({ error }, index) =>
    (error?.issues ?? []).map((issue) => `${[`rules[${index}]`, ...issue.path].join('.')}: ${issue.message}`),
  );
  if (problems.length > 0) return { problems };
  return { rules: checked.flatMap(({ data }, index) => (data === undefined ? [] : [arm(data, index, now)])) };
}

function arm(one: FaultRule, index: number, now: number): Armed {
  const { match = {} } = one;
  return {
    rule: one,
    id: one.id ?? String(index + 1),
    random: randomStream(one.seed ?? 1),
    path: match.path === undefined ? undefined : new RegExp(match.path),
    operation: match.operation === undefined ? undefined : new RegExp(match.operation),
    since: now,
    seen: 0,
    struck: 0,
  };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
