import type { Alert } from '../../core/alert.ts';
import type { Situation } from './situation.ts';

const HOUR_MS = 3_600_000;

/** Too many items wait, or one for too long. Held ones wait for a person and are not counted. Pure. */
export function backlog({ figures: { states, oldestWaitingAt }, rules, nowMs }: Situation): readonly Alert[] {
  const found: Alert[] = [];
  const waiting = states.waiting;
  if (rules.backlogItems !== null && waiting > rules.backlogItems) {
    found.push({
      key: 'backlog-large',
      rule: 'backlog-large',
      level: 'warning',
      message: `${waiting} items wait; more than ${rules.backlogItems} are too many.`,
      hint: 'Look with `easyflip status`, then run `easyflip resume`.',
      figures: { waitingItems: waiting, limitItems: rules.backlogItems },
    });
  }
  const hours = oldestWaitingAt === null ? 0 : (nowMs - Date.parse(oldestWaitingAt)) / HOUR_MS;
  if (rules.backlogHours !== null && hours > rules.backlogHours) {
    found.push({
      key: 'backlog-old',
      rule: 'backlog-old',
      level: 'warning',
      message: `An item has been waiting for ${Math.floor(hours)} hours; ${rules.backlogHours} are the limit.`,
      hint: 'Look with `easyflip status`, then run `easyflip resume`.',
      figures: { oldestHours: Math.floor(hours), limitHours: rules.backlogHours, waitingItems: waiting },
    });
  }
  return found;
}
