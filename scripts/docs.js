// Writes the pages that are made from the program itself: docs/errors.md from its list of error codes, docs/commands.md from
// its own help. The tests that make and compare them do the work; see test/docs.
import { spawnSync } from 'node:child_process';

const made = spawnSync('npx', ['vitest', 'run', 'test/docs/pages.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, UPDATE_DOCS: '1' },
});
process.exitCode = made.status ?? 1;
