import { type Alert, utcMinute } from '../../core/alert.ts';
import type { LoginSeen } from '../../core/ports/index.ts';
import type { ServiceName } from '../../core/settings.ts';
import type { Situation } from './situation.ts';

/** What ends the work or endangers what is kept: critical. Pure, all of them. */

const MINUTE_MS = 60_000;
/** A run makes its backup before it is written down that it began; midnight may lie between. */
const BACKUP_LEEWAY_MS = 10 * MINUTE_MS;

export function servicesDown({ figures, rules, nowMs }: Situation): readonly Alert[] {
  const { serviceDownMinutes } = rules;
  if (serviceDownMinutes === null) return [];
  return figures.services.flatMap(({ service, openSince }): Alert[] => {
    const minutes = openSince === null ? -1 : (nowMs - Date.parse(openSince)) / MINUTE_MS;
    if (minutes < serviceDownMinutes) return [];
    return [
      {
        key: `service-down:${service}`,
        rule: 'service-down',
        level: 'critical',
        message: `The service ${service} has not answered for ${Math.floor(minutes)} minutes (since ${utcMinute(openSince ?? '')}).`,
        hint: 'Look with `easyflip status` and `easyflip doctor`; what waits is tried again by itself once it answers.',
        figures: { service, openSince, minutes: Math.floor(minutes) },
      },
    ];
  });
}

/** Extras of `sync`: a consent that does not cover them stops nothing, and `sync` tells it itself. */
const EXTRAS: ReadonlySet<ServiceName> = new Set(['analytics', 'finances']);
const OF_PROVIDERS: ReadonlySet<ServiceName> = new Set(['model', 'batch', 'vision']);

/** One for each login, however many services it opens: what was refused last and not taken since. */
export function loginRefused({ logins }: Situation): readonly Alert[] {
  const groups = new Map<string, LoginSeen[]>();
  for (const login of logins) {
    if (EXTRAS.has(login.service)) continue;
    const whose = OF_PROVIDERS.has(login.service) ? (login.service === 'vision' ? 'vision' : 'model') : 'marketplace';
    groups.set(whose, [...(groups.get(whose) ?? []), login]);
  }
  return [...groups].flatMap(([whose, seen]): Alert[] => {
    const refusedAt = latest(seen.map((login) => login.refusedAt));
    const takenAt = latest(seen.map((login) => login.takenAt));
    if (refusedAt === null || (takenAt !== null && takenAt >= refusedAt)) return [];
    return [
      {
        key: `login-refused:${whose}`,
        rule: 'login-refused',
        level: 'critical',
        message: `The ${whose === 'marketplace' ? 'login to the marketplace' : `key for ${whose}`} is not taken any more (refused at ${utcMinute(refusedAt)}).`,
        hint:
          whose === 'marketplace'
            ? 'Run `easyflip auth login`.'
            : 'Set a key that is valid in the environment, then run `easyflip doctor`.',
        figures: { login: whose, refusedAt, takenAt },
      },
    ];
  });
}

const latest = (times: readonly (string | null)[]): string | null =>
  times.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);

/** Looked at once a day; what was found stays until a look finds nothing. */
export function databaseDamaged({ problems, figures }: Situation): readonly Alert[] {
  if (problems === undefined) return figures.firing.filter(({ rule }) => rule === 'database-damaged');
  if (problems === 0) return [];
  return [
    {
      key: 'database-damaged',
      rule: 'database-damaged',
      level: 'critical',
      message: `The database is damaged: ${problems} ${problems === 1 ? 'problem was' : 'problems were'} found in it.`,
      hint: 'Stop other runs, then run `easyflip verify` and `easyflip restore` with the newest backup.',
      figures: { problems },
    },
  ];
}

export function diskLow({ figures: { diskFreeBytes }, rules: { diskFreeMegabytes } }: Situation): readonly Alert[] {
  if (diskFreeBytes === null || diskFreeMegabytes === null || diskFreeBytes >= diskFreeMegabytes * 1e6) return [];
  const free = Math.floor(diskFreeBytes / 1e6);
  return [
    {
      key: 'disk-low',
      rule: 'disk-low',
      level: 'critical',
      message: `Only ${free} MB of disk are left where the database is; ${diskFreeMegabytes} MB are wanted.`,
      hint: 'Free some disk space, or move the data folder.',
      figures: { diskFreeMegabytes: free, wantedMegabytes: diskFreeMegabytes },
    },
  ];
}

/** A run begins with the day's backup: if the day of the last run has none, it failed. */
export function missingBackup({ figures: { backups, lastRun }, rules }: Situation): readonly Alert[] {
  if (!rules.backups || !backups.wanted || lastRun === null) return [];
  const day = lastRun.startedAt.slice(0, 10);
  const { latestAt } = backups;
  if (latestAt !== null && Date.parse(latestAt) >= Date.parse(day) - BACKUP_LEEWAY_MS) return [];
  return [
    {
      key: 'backup-missing',
      rule: 'backup-missing',
      level: 'critical',
      message: `There is no backup of the database of ${day}, the day of the last run; the newest is ${latestAt === null ? 'none at all' : `of ${latestAt.slice(0, 10)}`}.`,
      hint: 'Run `easyflip backup` and see what it says; free disk space or mend the folder for backups.',
      figures: { day, latestAt },
    },
  ];
}
