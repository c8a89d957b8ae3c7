import type { Alert } from '../../core/alert.ts';
import { backlog } from './backlog.ts';
import { reports } from './reports.ts';
import type { Situation } from './situation.ts';
import { costs, slow, success } from './thresholds.ts';
import { databaseDamaged, diskLow, loginRefused, missingBackup, servicesDown } from './trouble.ts';
import { unusual } from './unusual.ts';

/** Everything that is the matter in this situation. Pure. */
export const judge = (situation: Situation): readonly Alert[] =>
  [databaseDamaged, loginRefused, servicesDown, diskLow, missingBackup, success, costs, backlog, slow, unusual, reports].flatMap((rule) =>
    rule(situation),
  );
