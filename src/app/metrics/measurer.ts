import type { Clock } from '../../core/clock.ts';
import type { ErrorCode, Reason } from '../../core/errors.ts';
import type { Emit, RunEvent } from '../../core/events.ts';
import { boundOf, type Measure, type Measured } from '../../core/measure.ts';
import type { ItemEnd } from '../../core/outcome.ts';
import type { Description, LoginSeen, MeasureStore, StoredItem } from '../../core/ports/index.ts';
import type { ServiceName } from '../../core/settings.ts';

/** Rarely, because each is a transaction; a program that is killed loses the figures of so long. */
const WRITE_EVERY_MS = 10_000;

/** Thrown before a call is made, and by calls that nobody told of. */
const NO_LOGIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['config.missing-credentials', 'credentials.unreadable']);

export interface Measurer {
  readonly emit: Emit;
  /** How an item ended: how long it took from first seen to live if it waited for no person, and how sure its facts are. */
  readonly item: (stored: StoredItem, end: ItemEnd, described: Description | undefined) => void;
  /** What ended the run: a login that is not taken is known before any call could tell. */
  readonly broke: (reason: Reason) => void;
  /** Writes down what is not written yet. */
  flush(): Promise<void>;
}

/**
 * Sums up what events tell, and writes it down from time to time. That it cannot be written never ends a run.
 * `dryRun`: no item counts as listed, held or failed.
 */
export function createMeasurer(
  store: Pick<MeasureStore, 'add'>,
  clock: Clock,
  { emit, dryRun = false }: { readonly emit: Emit; readonly dryRun?: boolean },
): Measurer {
  let sums = new Map<string, Measure>();
  let logins = new Map<ServiceName, LoginSeen>();
  let writtenMs = clock.now();
  let writing: Promise<void> = Promise.resolve();
  /** Items of which something was really done: what an earlier run found out is no news. */
  const workedOn = new Set<string>();

  const now = (): string => new Date(clock.now()).toISOString();
  const add = (what: Measured, label: string, detail: string, bound: number, sum: number): void => {
    const day = now().slice(0, what === 'item' ? 13 : 10);
    const key = [day, what, label, detail, bound].join('\n');
    const known = sums.get(key);
    sums.set(key, { day, what, label, detail, bound, count: (known?.count ?? 0) + 1, sum: (known?.sum ?? 0) + sum });
  };
  const took = (what: Measured, label: string, detail: string, ms: number): void => add(what, label, detail, boundOf(what, ms), ms);
  const sawLogin = (service: ServiceName, taken: boolean): void => {
    const known = logins.get(service);
    const at = now();
    logins.set(service, {
      service,
      takenAt: taken ? at : (known?.takenAt ?? null),
      refusedAt: taken ? (known?.refusedAt ?? null) : at,
    });
  };

  const count = (event: RunEvent): void => {
    switch (event.type) {
      case 'stage.finished':
        if (event.kind === 'reused' || event.known) return;
        workedOn.add(event.item);
        took('stage', event.stage, event.kind, event.ms);
        return;
      case 'call.finished':
        took('call', event.service, event.code === undefined ? 'ok' : 'failed', event.ms);
        if (event.code === undefined || event.code === 'provider.auth') sawLogin(event.service, event.code === undefined);
        return;
      case 'call.retried':
        add('retry', event.service, '', 0, 0);
        return;
      case 'item.finished':
        if (!dryRun && event.outcome !== 'already' && event.outcome !== 'skipped' && workedOn.has(event.item))
          add('item', event.outcome, '', 0, 0);
        workedOn.delete(event.item);
        return;
      default:
    }
  };

  const write = (): Promise<void> => {
    const [measures, seen] = [[...sums.values()], [...logins.values()]];
    sums = new Map();
    logins = new Map();
    writtenMs = clock.now();
    if (measures.length > 0 || seen.length > 0) writing = writing.then(() => store.add(measures, seen)).catch(() => undefined);
    return writing;
  };

  return {
    emit: (event) => {
      count(event);
      if (clock.now() - writtenMs >= WRITE_EVERY_MS) void write();
      emit(event);
    },
    item: (stored, { outcome }, described) => {
      // Of an item that nothing was done for, everything was counted before.
      if (dryRun || !workedOn.has(stored.item.id)) return;
      if (outcome === 'listed' && stored.decision === undefined) took('live', '', '', clock.now() - Date.parse(stored.firstSeenAt));
      const shares = Object.values(described?.facts ?? {}).map(({ confidence }) => confidence);
      if (shares.length > 0) add('confidence', '', '', 0, shares.reduce((sum, share) => sum + share, 0) / shares.length);
    },
    broke: ({ code }) => {
      if (NO_LOGIN.has(code)) sawLogin('inventory', false);
    },
    flush: write,
  };
}
