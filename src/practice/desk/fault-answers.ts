import { setTimeout as sleep } from 'node:timers/promises';
import { errorReply, type Reply, refuse } from '../wire/wire.ts';
import type { Faults, Strike } from './faults.ts';

/** What comes in the place of an answer: the line is cut, or stays open in silence. */
export type Silence = 'cut' | 'silent';

export async function waitBefore(faults: Faults, strike: Strike | undefined): Promise<void> {
  if (strike?.action.type === 'delay') await sleep(strike.action.ms);
  if (strike?.action.type === 'hold') await faults.hold(strike.id);
}

export async function waitAfter(faults: Faults, strike: Strike | undefined): Promise<void> {
  if (strike?.action.type === 'delay-after') await sleep(strike.action.ms);
  if (strike?.action.type === 'hold-after') await faults.hold(strike.id);
}

/** What happens in the place of the work; undefined when the work is done. */
export function insteadOfWork(strike: Strike | undefined): Reply | Silence | undefined {
  const action = strike?.action;
  switch (action?.type) {
    case 'reset':
      return 'cut';
    case 'half-open':
      return 'silent';
    case 'html-503':
      return { status: 503, body: '<html><head><title>503</title></head><body><h1>Service Unavailable</h1></body></html>' };
    case 'error': {
      const wait = action.retryAfterSeconds;
      return {
        ...errorReply(refuse(action.errorId)),
        ...(wait === undefined ? {} : { headers: { 'Retry-After': String(wait) } }),
      };
    }
    case 'answer':
      return {
        status: action.status,
        ...(action.body === undefined ? {} : { body: action.body }),
        ...(action.headers === undefined ? {} : { headers: action.headers }),
      };
    default:
      return undefined;
  }
}

/** What becomes of the answer once the work is done. */
export function afterWork(strike: Strike | undefined, reply: Reply): Reply | Silence {
  switch (strike?.action.type) {
    case 'drop-after':
      return 'cut';
    case 'half-open-after':
      return 'silent';
    case 'wrong-content-type':
      return { ...reply, headers: { ...reply.headers, 'Content-Type': 'text/html; charset=utf-8' } };
    case 'malformed-json': {
      const whole = reply.body === undefined ? '' : JSON.stringify(reply.body);
      const broken = `${whole.slice(0, Math.floor(whole.length / 2))}<`;
      return { ...reply, body: broken, headers: { ...reply.headers, 'Content-Type': 'application/json' } };
    }
    default:
      return reply;
  }
}
