import type { App } from '../app.ts';
import { type Check, pass, warn } from './finding.ts';

/** What the database says; it was checked when it was opened. */
export const storeChecks = ({ store, folders, settings }: App): readonly Check[] => [
  {
    name: 'database',
    look: async () => {
      const items = await store.items.all();
      return pass(`${folders.database}, ${items.length} ${items.length === 1 ? 'item' : 'items'}`);
    },
  },
  {
    name: 'last run',
    look: async () => {
      const run = await store.runs.latest();
      if (!run) return pass('none yet');
      if (run.exitCode === undefined)
        return warn(`${run.command} of ${run.startedAt.slice(0, 16)} did not end.`, 'Run `easyflip resume` to continue it.');
      return run.exitCode === 0
        ? pass(`${run.command} of ${run.startedAt.slice(0, 16)} ended well`)
        : warn(`${run.command} of ${run.startedAt.slice(0, 16)} ended with code ${run.exitCode}.`, 'See `easyflip status`.');
    },
  },
  {
    name: 'publishing',
    look: async () => {
      if (settings.publish) return pass(`"${settings.publish}", as set`);
      return pass(settings.environment === 'production' ? 'reviewed by you until five approvals, then automatic' : 'automatic');
    },
  },
];
