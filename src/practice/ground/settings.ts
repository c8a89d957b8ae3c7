import * as z from 'zod';
import type { State } from './state.ts';

const MONEY = /^\d{1,12}(\.\d{1,2})?$/;
const count = z.int().min(0);

/**
 * What a tester may change while the server runs (`/_practice/settings`). Kept in the state file, so that a
 * server that was killed goes on as it was; a reset puts the defaults back.
 */
const settings = z.strictObject({
  /** Added to the server's clock: tokens expire, pictures run out, a new day begins. */
  clockOffsetMs: z.int().default(0),
  /** What every eBay call takes on top of its work. */
  latencyMs: count.max(600_000).default(0),
  /** For so many calls after an item or offer was made, eBay's other machines do not know it yet (25604). */
  consistencyCalls: count.default(0),
  /** The same for so many milliseconds. */
  consistencyMs: count.default(0),
  /** What the seller may have on sale at a time; 25026 beyond. */
  sellingLimitQuantity: count.default(100_000),
  sellingLimitAmount: z.string().regex(MONEY, 'must be an amount like "500.00"').default('10000000.00'),
  /** Whether eBay let the seller into its refurbished programme (conditions 2000 to 2030); 25047 when not. */
  refurbishedSeller: z.boolean().default(false),
  /** Whether the seller has joined the programme that business policies belong to. */
  businessPolicies: z.boolean().default(true),
  /** Calls a day, by API name as getRateLimits tells it (`sell.inventory`); what is not named has eBay's default. */
  callLimits: z.record(z.string(), count).default({}),
  /** Calls kept in the journal; older ones are dropped. */
  journalMax: z.int().min(1).max(1_000_000).default(20_000),
});

export type Settings = Readonly<z.infer<typeof settings>>;

const change = z.strictObject(Object.fromEntries(Object.entries(settings.shape).map(([name, type]) => [name, type.unwrap().nullish()])));

export function readSettings(state: State): Settings {
  const row = state.get<{ body: string }>('SELECT body FROM settings');
  return settings.parse(row === undefined ? {} : JSON.parse(row.body));
}

/** Sets what is named and leaves the rest; `null` puts a default back. Returns what is wrong, one sentence each, or nothing. */
export function changeSettings(state: State, wanted: unknown): readonly string[] {
  const checked = change.safeParse(wanted);
  if (!checked.success) return checked.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '));
  const merged = { ...readSettings(state), ...checked.data };
  const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
  state.run('INSERT OR REPLACE INTO settings (id, body) VALUES (1, ?)', JSON.stringify(kept));
  return [];
}
