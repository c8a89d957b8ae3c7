import { extname } from 'node:path';
import type { ErrorCode } from '../../core/errors.ts';
import type { RunEvent } from '../../core/events.ts';

type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Everything that may stand in a line of the log. There is no field for a text: what somebody wrote cannot get in. */
interface LogFields {
  readonly run?: string;
  readonly command?: string;
  readonly environment?: string;
  readonly dryRun?: boolean;
  readonly item?: string;
  readonly stage?: string;
  readonly kind?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly attempt?: number;
  readonly status?: number;
  /** The service's own name for the request. */
  readonly requestId?: string;
  readonly errorIds?: readonly number[];
  readonly outcome?: string;
  readonly listingId?: string;
  /** How the name of a file ends; the name itself is the seller's. */
  readonly fileType?: string;
  readonly code?: ErrorCode;
  readonly ms?: number;
  readonly waitMs?: number;
  readonly seconds?: number;
  readonly items?: number;
  readonly photos?: number;
  readonly refused?: number;
  readonly listed?: number;
  readonly already?: number;
  readonly held?: number;
  readonly failed?: number;
  readonly deferred?: number;
  readonly skipped?: number;
  /** The service's own name for a batch of questions. */
  readonly batch?: string;
  readonly questions?: number;
  readonly answered?: number;
  readonly costUsd?: number;
  readonly exitCode?: number;
  readonly lines?: number;
  readonly places?: number;
  readonly most?: number;
}

export interface LogEntry {
  readonly level: LogLevel;
  readonly event: RunEvent['type'] | 'log.gap';
  readonly fields: LogFields;
}

/** What the log keeps of an event: ids, numbers, codes and words of our own, each named here; nothing else can pass. */
export function logEntry(event: RunEvent): LogEntry {
  const { level, ...fields } = picked(event);
  return { level, event: event.type, fields: fields as LogFields };
}

function picked(event: RunEvent): LogFields & { readonly level: LogLevel } {
  switch (event.type) {
    case 'run.begun':
      return { level: 'info', run: event.run, command: event.command };
    case 'run.started':
      return { level: 'info', run: event.run, environment: event.environment, dryRun: event.dryRun };
    case 'run.notice':
      return { level: 'info' };
    case 'run.stopping':
      return { level: 'warn', code: event.reason.code };
    case 'run.broke':
      return { level: 'error', code: event.reason.code };
    case 'scan.finished':
      return { level: 'info', items: event.items, photos: event.photos, refused: event.refused };
    case 'file.refused':
      return { level: 'info', fileType: fileType(event.path), code: event.reason.code };
    case 'file.warned':
      return { level: 'info', item: event.item, fileType: fileType(event.path), code: event.reason.code };
    case 'item.started':
      return { level: 'debug', item: event.item };
    case 'stage.started':
      return { level: 'debug', item: event.item, stage: event.stage };
    case 'stage.finished':
      return {
        level: event.kind === 'failed' ? 'warn' : 'info',
        item: event.item,
        stage: event.stage,
        kind: event.kind,
        ms: whole(event.ms),
      };
    case 'call.finished': {
      const { service, operation, item, attempt, status, requestId, errorIds, code, ms } = event;
      return {
        level: code === undefined ? 'debug' : 'warn',
        ...(item === undefined ? {} : { item }),
        service,
        operation,
        attempt,
        ...(status === undefined ? {} : { status }),
        ...(requestId === undefined ? {} : { requestId: plainId(requestId) }),
        ...(errorIds === undefined || errorIds.length === 0 ? {} : { errorIds }),
        ...(code === undefined ? {} : { code }),
        ms: whole(ms),
      };
    }
    case 'call.retried': {
      const { item, service, operation, attempt, waitMs, reason } = event;
      return {
        level: 'warn',
        ...(item === undefined ? {} : { item }),
        service,
        ...(operation === undefined ? {} : { operation }),
        attempt,
        waitMs: whole(waitMs),
        code: reason.code,
      };
    }
    case 'breaker.opened':
    case 'breaker.closed':
      return { level: 'warn', service: event.service };
    case 'places.changed':
      return { level: 'info', service: event.service, places: event.places, most: event.most };
    case 'batch.sent':
      return { level: 'info', batch: plainId(event.batch), questions: event.questions };
    case 'batch.progress':
      return { level: 'debug', batch: plainId(event.batch), questions: event.total, answered: event.completed, failed: event.failed };
    case 'batch.finished': {
      const { batch, answered, failed, costUsd } = event;
      return { level: 'info', batch: plainId(batch), answered, failed, costUsd };
    }
    case 'watch.started':
      return { level: 'info', seconds: event.quietSeconds };
    case 'watch.waiting':
      return { level: 'debug', items: event.queued, ...event.counts };
    case 'review.started':
    case 'review.stopped':
      return { level: 'info' };
    case 'watch.stopped':
      return { level: 'info', ...event.counts };
    case 'item.finished': {
      const { item, outcome, listingId, reason } = event;
      return {
        level: outcome === 'failed' ? 'error' : 'info',
        item,
        outcome,
        ...(listingId === undefined ? {} : { listingId: plainId(listingId) }),
        ...(reason === undefined ? {} : { code: reason.code }),
      };
    }
    case 'run.finished': {
      const { run, counts, costUsd, seconds, exitCode } = event;
      const { items, listed, already, held, failed, deferred, skipped } = counts;
      return { level: 'info', run, items, listed, already, held, failed, deferred, skipped, costUsd, seconds, exitCode };
    }
  }
}

const whole = (ms: number): number => Math.round(ms);

/** An id from outside is believed only while it looks like one. */
const plainId = (id: string): string => (/^[\w.!:=,-]{1,100}$/.test(id) ? id : 'odd');

const fileType = (path: string): string => {
  const type = extname(path).toLowerCase();
  return /^\.[a-z0-9]{1,5}$/.test(type) ? type : 'none';
};
