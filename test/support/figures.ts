import type { Figures } from '../../src/core/figures.ts';
import { SERVICES } from '../../src/core/settings.ts';
import { stages } from '../../src/stages/index.ts';

/** A quiet moment of a small shop. */
export const quietFigures = (over: Partial<Figures> = {}): Figures => ({
  at: '2026-03-10T12:00:00.000Z',
  environment: 'practice',
  states: { live: 12, sold: 3, ended: 1, waiting: 0, held: 2, failed: 0, skipped: 0, withdrawn: 0 },
  queue: stages.map(({ name }) => ({ stage: name, items: 0 })),
  oldestWaitingAt: null,
  totals: [],
  services: SERVICES.map((service) => ({
    service,
    breaker: 'closed',
    openSince: null,
    callsToday: 5,
    dailyQuota: service === 'ocr' ? null : 100,
  })),
  allowances: [],
  sold: [],
  models: [],
  lastRun: { startedAt: '2026-03-10T11:00:00.000Z', finishedAt: '2026-03-10T11:05:00.000Z', exitCode: 0 },
  backups: { wanted: true, latestAt: '2026-03-10T10:00:00.000Z' },
  diskFreeBytes: 50e9,
  firing: [],
  ...over,
});
