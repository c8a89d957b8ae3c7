import { EasyflipError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Call, CallAllowance, Marketplace, StageOutcome, StoredItem } from '../core/ports/index.ts';
import { linkedTo } from '../resilience/abort.ts';
import { LONGEST_RETRY_AFTER_MS } from '../resilience/rate-limited.ts';
import { publishMode } from '../stages/check/publish-mode.ts';
import { keepAllowances } from './allowances.ts';
import type { App } from './app.ts';

/** An answer that leaves plenty serves this long: a program that cron starts every minute must not ask every minute. */
const FRESH_MS = 60 * 60_000;
const PLENTY = 0.1;
/** An eBay that does not answer this question must not keep a run from beginning. */
const PATIENCE_MS = 10_000;

/** What an item cannot do without (names of getRateLimits, in lower case). Others have memories of their own, or concern some items only. */
const RESOURCES = {
  inventory: ['sell.inventory'],
  media: ['commerce.media', 'commerce.media.image'],
} as const;

/** Throws `provider.quota-exhausted`, which puts the item off, where eBay has no calls left for what the item needs next. */
export type CallsLeft = (stored: StoredItem, outcomes: readonly StageOutcome[]) => void;

/**
 * Asks eBay, before anything is begun, whether it has calls left today, and tells where it has none. Only a plain 0 counts, and only when it
 * lasts: a run that needs fewer calls than are left goes on, and so does one that gets no answer. Undefined: nothing is used up.
 */
export async function askCallsLeft(
  { store, settings, clock }: Pick<App, 'store' | 'settings' | 'clock'>,
  { account }: Pick<Marketplace, 'account'>,
  { emit, call }: { readonly emit: Emit; readonly call: Call },
): Promise<CallsLeft | undefined> {
  const none = usedUp(await allowances());
  for (const { name, resetsAt } of none.values())
    emit({ type: 'run.notice', message: `eBay has no calls left for ${name} until ${minute(resetsAt)}; items that need it are put off.` });
  if (none.size === 0) return undefined;
  const goesLive = publishMode(settings, await store.items.approvals()) === 'auto';

  return ({ decision }, outcomes) => {
    const isDone = (wanted: string): boolean => outcomes.some(({ stage, kind }) => stage === wanted && kind === 'done');
    const publishes = goesLive || decision?.kind === 'approve';
    // What is new here is looked up on eBay first, also where it only waits for its review.
    if (publishes || !isDone('admit')) refuse(none.get('inventory'));
    if (publishes && !isDone('upload')) refuse(none.get('media'));
  };

  async function allowances(): Promise<readonly CallAllowance[]> {
    const known = await store.services.allowances();
    const isFresh = known.some(({ askedAt }) => Math.abs(clock.now() - Date.parse(askedAt)) < FRESH_MS);
    if (isFresh && known.every(({ limit, remaining }) => remaining > 0 && remaining >= limit * PLENTY)) return known;
    const { signal, abort, release } = linkedTo(call.signal);
    const timer = new AbortController();
    clock.sleep(PATIENCE_MS, timer.signal).then(abort, () => undefined);
    try {
      const told = await account.allowances({ ...call, signal, once: true });
      await keepAllowances(store.services, told, clock.now());
      return told;
    } catch {
      // Also where it was interrupted: whoever runs the items tells so for each.
      return [];
    } finally {
      timer.abort();
      release();
    }
  }

  function usedUp(told: readonly CallAllowance[]): ReadonlyMap<keyof typeof RESOURCES, CallAllowance> {
    const lasting = told.filter(({ remaining, resetsAt }) => remaining <= 0 && Date.parse(resetsAt) > clock.now() + LONGEST_RETRY_AFTER_MS);
    const kinds = Object.keys(RESOURCES) as (keyof typeof RESOURCES)[];
    return new Map(
      kinds.flatMap((kind) => {
        const names: readonly string[] = RESOURCES[kind];
        const found = lasting.find(({ name }) => names.includes(name.toLowerCase()));
        return found ? [[kind, found]] : [];
      }),
    );
  }
}

function refuse(none: CallAllowance | undefined): void {
  if (none === undefined) return;
  throw new EasyflipError('provider.quota-exhausted', `eBay has no calls left for ${none.name} until ${minute(none.resetsAt)}.`, {
    hint: 'Run `easyflip resume` after that. The Application Growth Check of eBay gives more calls, free of charge.',
  });
}

const minute = (iso: string): string => `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
