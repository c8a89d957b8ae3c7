import { EasyflipError } from '../core/errors.ts';
import type { PauseStore } from '../core/ports/index.ts';
import type { GuardedOutgoing } from './guard.ts';

/**
 * Refuses calls to a service that the seller has paused: `service.paused`, which puts the item off. Asked for every call, so
 * that the word holds at once, also in a run that is under way in another process.
 */
export function withPauses(outgoing: GuardedOutgoing, { pauses }: Pick<PauseStore, 'pauses'>): GuardedOutgoing {
  return {
    ...outgoing,
    async run(request, call, attempt) {
      const paused = (await pauses()).find(({ what }) => what === request.service);
      if (paused) {
        throw new EasyflipError('service.paused', `The service "${request.service}" is paused since ${paused.since}.`, {
          hint: `Run \`easyflip unpause ${request.service}\`, then \`easyflip resume\`.`,
        });
      }
      return await outgoing.run(request, call, attempt);
    },
  };
}
