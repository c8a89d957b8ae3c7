import { isAtLeast, isReport, type StoredAlert } from '../core/alert.ts';
import type { AlertStore, Notice, NoticeRules } from '../core/ports/alert-store.ts';
import * as sql from './alerts-sql.ts';
import type { Connection } from './connection.ts';

/** Long enough that a report is not told twice, and that what comes and goes is known. */
const KEPT_MS = 60 * 86_400_000;

type AlertRow = Omit<StoredAlert, 'figures'> & { readonly figures: string };
interface Sent {
  readonly sentState: Notice['state'] | null;
  readonly sentAt: string | null;
}

export function alertStore({ db, read, write, parse }: Connection): AlertStore {
  const saw = db.prepare(sql.SAW_ALERT);
  const resolveOthers = db.prepare<{ at: string; keys: string }>(sql.RESOLVE_OTHERS);
  const dropOld = db.prepare<[string]>(sql.DROP_OLD_ALERTS);
  const firing = db.prepare<[], AlertRow>(sql.FIRING);
  const candidates = db.prepare<{ channel: string }, AlertRow & Sent>(sql.CANDIDATES);
  const keepSend = db.prepare<{ channel: string; key: string; state: string; at: string }>(sql.KEEP_SEND);
  const dropSend = db.prepare<{ channel: string; key: string }>(sql.DROP_SEND);
  const storedAlert = ({ figures, ...row }: AlertRow): StoredAlert => ({ ...row, figures: parse<StoredAlert['figures']>(figures) });

  return {
    observe: (found, at) =>
      write(() => {
        for (const alert of found) saw.run({ ...alert, figures: JSON.stringify(alert.figures), at });
        resolveOthers.run({ at, keys: JSON.stringify(found.map(({ key }) => key)) });
        dropOld.run(new Date(Date.parse(at) - KEPT_MS).toISOString());
      }),
    firing: () => read(() => firing.all().map(storedAlert)),
    take: async (channel, rules, nowMs) => {
      const at = new Date(nowMs).toISOString();
      const taken = await write(() => {
        const rows = candidates.all({ channel });
        const due = rows.flatMap((row): { readonly row: AlertRow & Sent; readonly state: Notice['state'] }[] => {
          const state = dueState(row, rules, nowMs);
          return state === undefined ? [] : [{ row, state }];
        });
        const lastMs = Math.max(...rows.map(({ sentAt }) => (sentAt === null ? Number.NEGATIVE_INFINITY : Date.parse(sentAt))));
        const urgent = due.some(({ row, state }) => row.level === 'critical' && state === 'firing');
        if (due.length === 0 || (!urgent && nowMs - lastMs < rules.gatherMs)) return [];
        for (const { row, state } of due) keepSend.run({ channel, key: row.key, state, at });
        return due;
      });
      return {
        notices: taken.map(({ row: { sentState: _state, sentAt: _at, ...row }, state }) => ({ alert: storedAlert(row), state })),
        giveBack: () =>
          write(() => {
            for (const { row } of taken) {
              if (row.sentState === null || row.sentAt === null) dropSend.run({ channel, key: row.key });
              else keepSend.run({ channel, key: row.key, state: row.sentState, at: row.sentAt });
            }
          }),
      };
    },
  };
}

function dueState(alert: AlertRow & Sent, { from, repeatMs, flapMs }: NoticeRules, nowMs: number): Notice['state'] | undefined {
  if (!isAtLeast(alert.level, from)) return undefined;
  const agoMs = alert.sentAt === null ? Number.POSITIVE_INFINITY : nowMs - Date.parse(alert.sentAt);
  if (alert.resolvedAt !== null) return alert.sentState === 'firing' && !isReport(alert) ? 'resolved' : undefined;
  if (alert.sentState === null) return 'firing';
  if (isReport(alert)) return undefined;
  const pauseMs = alert.sentState === 'resolved' ? flapMs : (repeatMs ?? Number.POSITIVE_INFINITY);
  return agoMs >= pauseMs ? 'firing' : undefined;
}
