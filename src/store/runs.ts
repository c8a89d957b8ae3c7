import type { OutcomeCounts } from '../core/outcome.ts';
import type { RunStore } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import { KEEP_USAGE } from './figures-sql.ts';
import * as sql from './service-sql.ts';

interface RunRow {
  readonly id: string;
  readonly command: string;
  readonly dryRun: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly counts: string | null;
  readonly exitCode: number | null;
}

export function runStore({ db, read, write, parse }: Connection): RunStore {
  const start = db.prepare<RunRow>(sql.START_RUN);
  const finish = db.prepare(sql.FINISH_RUN);
  const keepUsage = db.prepare(KEEP_USAGE);
  const latest = db.prepare<[], RunRow>(sql.LATEST_RUN);

  return {
    start: ({ id, command, dryRun, startedAt, finishedAt, counts, exitCode }) =>
      write(
        () =>
          void start.run({
            id,
            command,
            dryRun: dryRun ? 1 : 0,
            startedAt,
            finishedAt: finishedAt ?? null,
            counts: counts ? JSON.stringify(counts) : null,
            exitCode: exitCode ?? null,
          }),
      ),
    finish: (id, { finishedAt, counts, exitCode }) =>
      write(() => void finish.run({ id, finishedAt, counts: JSON.stringify(counts), exitCode })),
    keepUsage: (runId, services) =>
      write(() => {
        for (const use of services) keepUsage.run({ runId, ...use });
      }),
    latest: () =>
      read(() => {
        const row = latest.get();
        if (row === undefined) return undefined;
        return {
          id: row.id,
          command: row.command,
          dryRun: row.dryRun === 1,
          startedAt: row.startedAt,
          ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt }),
          ...(row.counts === null ? {} : { counts: parse<OutcomeCounts>(row.counts) }),
          ...(row.exitCode === null ? {} : { exitCode: row.exitCode }),
        };
      }),
  };
}
