import type { EasyflipError as ExpectedError } from '../core/errors.ts';
import { EasyflipError, type ErrorCode, isEasyflipError } from '../core/errors.ts';
import type { MicroUsd } from '../core/money.ts';
import { microUsdToUsd } from '../core/money.ts';
import type { Call, LedgerStore, OutgoingRequest, SpendLimits, SpendScope, TokenUsage } from '../core/ports/index.ts';
import { orAborted } from './abort.ts';

/** What an attempt says about its cost. */
interface Bill {
  /** The attempt leaves now: from here on it may be billed. */
  readonly begin: () => void;
  /** The true cost. The last word counts; after the attempt's end nothing is changed any more. */
  readonly settle: (cost: MicroUsd, usage?: TokenUsage) => void;
}

export interface Budget {
  /**
   * Reserves the worst case, runs the attempt, replaces the worst case by what it cost.
   * Errors: `budget.exhausted`, `budget.item-exhausted` (no attempt was made), the signal's reason, what the attempt threw.
   */
  run<T>(request: OutgoingRequest, call: Call, attempt: (bill: Bill) => Promise<T>): Promise<T>;
}

export interface BudgetOptions {
  readonly ledger: LedgerStore;
  readonly runId: string;
  /** Without limits costs are recorded all the same. */
  readonly limits: SpendLimits;
}

export function createBudget({ ledger, runId, limits }: BudgetOptions): Budget {
  /** Reservations of this process that are held or being asked for. */
  let open = 0;
  let waiting: { readonly priority: number; readonly wake: () => void }[] = [];

  return {
    async run(request, call, attempt) {
      const worst = request.worstCaseMicroUsd ?? 0;
      if (worst <= 0 && request.paid === undefined) return attempt({ begin: () => undefined, settle: () => undefined });

      const reservation = await reserve(request, worst, call);
      let begun = false;
      let told: { readonly cost: MicroUsd; readonly usage?: TokenUsage } | undefined;
      const close = async (failure?: unknown): Promise<void> => {
        const assumed = begun && !(failure !== undefined && certainlyFree(failure, call.signal)) ? worst : 0;
        // A ledger that fails now must not cost a paid answer: what is not settled counts at its worst case.
        await ledger.settle(reservation, told?.cost ?? assumed, told?.usage).catch(() => undefined);
        open -= 1;
        wakeAll();
      };
      try {
        const answer = await attempt({
          begin: () => {
            begun = true;
          },
          settle: (cost, usage) => {
            told = { cost, ...(usage ? { usage } : {}) };
          },
        });
        await close();
        return answer;
      } catch (error) {
        await close(error);
        throw error;
      }
    },
  };

  /**
   * A refusal counts only when nothing of ours is in flight: a worst case is several times the true cost,
   * and what is settled in the meantime may leave room for this call.
   */
  async function reserve(request: OutgoingRequest, microUsd: MicroUsd, call: Call): Promise<number> {
    const { service, operation, paid } = request;
    const entry = { runId, ...(call.itemId && { itemId: call.itemId }), service, operation, microUsd, limits, ...(paid && { paid }) };
    for (;;) {
      call.signal.throwIfAborted();
      open += 1;
      let reserved: Awaited<ReturnType<LedgerStore['reserve']>>;
      try {
        reserved = await ledger.reserve(entry);
      } catch (error) {
        open -= 1;
        wakeAll();
        throw error;
      }
      if ('reservation' in reserved) return reserved.reservation;
      open -= 1;
      if (open === 0 || reserved.over === 'item') {
        wakeAll();
        throw budgetExhausted(reserved.over, limits[reserved.over] ?? 0);
      }
      await settlement(call);
    }
  }

  async function settlement(call: Call): Promise<void> {
    let entry: (typeof waiting)[number] | undefined;
    const woken = new Promise<void>((resolve) => {
      entry = { priority: call.priority, wake: resolve };
      waiting.push(entry);
    });
    try {
      await orAborted(woken, call.signal);
    } finally {
      waiting = waiting.filter((other) => other !== entry);
    }
  }

  function wakeAll(): void {
    const woken = waiting.toSorted((a, b) => b.priority - a.priority);
    waiting = [];
    for (const { wake } of woken) wake();
  }
}

/** A refusal that came before any work. A reply that was no use, and a model's "no", were billed. */
function certainlyFree(error: unknown, signal: AbortSignal): boolean {
  if (signal.aborted || !isEasyflipError(error) || error.mayHaveHappened) return false;
  return !BILLED.has(error.code);
}

const BILLED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.bad-reply',
  'provider.wrong-shape',
  'provider.cut-off',
  'provider.empty-reply',
  'provider.content-filter',
  'provider.refused',
]);

const LIMITS: Readonly<Record<SpendScope, { readonly whose: string; readonly cure: string }>> = {
  run: { whose: 'for this run', cure: 'Run `easyflip resume` with a higher `--max-cost`.' },
  day: { whose: 'for today (UTC)', cure: 'Run `easyflip resume` tomorrow, or with a higher `--max-cost-day`.' },
  item: { whose: 'for this item', cure: 'Run `easyflip resume` with a higher `--max-cost-item`, or say the missing facts yourself.' },
};

/** What is said where a limit does not allow a call; `limit` in millionths of a dollar. */
export function budgetExhausted(scope: SpendScope, limit: MicroUsd): ExpectedError {
  const { whose, cure } = LIMITS[scope];
  const message = `The next call could cost more than what is left of the ${microUsdToUsd(limit)} USD ${whose}.`;
  return new EasyflipError(scope === 'item' ? 'budget.item-exhausted' : 'budget.exhausted', message, { hint: cure });
}
