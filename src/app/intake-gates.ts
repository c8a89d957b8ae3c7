import { isOpen, windowText } from '../core/daily-window.ts';
import { EasyflipError } from '../core/errors.ts';
import { createShedding } from '../resilience/shedding.ts';
import type { App } from './app.ts';

/**
 * Asked before an item is begun; items under way go on. Errors, each of which closes the run's intake: `run.paused`,
 * `time.outside-window`, `machine.disk-low`, `machine.memory-low`; the signal's reason.
 */
export function createIntakeGates({ store, settings, folders, clock }: App): (signal: AbortSignal) => Promise<void> {
  const hasRoom = createShedding({ folder: folders.data, limits: settings.limits, clock });
  const { window } = settings.limits;
  return async (signal) => {
    const paused = (await store.pauses.pauses()).find(({ what }) => what === 'all');
    if (paused) {
      throw new EasyflipError('run.paused', `Everything is paused since ${paused.since}; no new item is begun.`, {
        hint: 'Run `easyflip unpause`, then `easyflip resume`.',
      });
    }
    if (window && !isOpen(window, clock.now())) {
      throw new EasyflipError('time.outside-window', `It is outside of ${windowText(window)}; no new item is begun.`, {
        hint: 'Run `easyflip resume` when the window is open, or change --window.',
      });
    }
    await hasRoom(signal);
  };
}
