import { execFileSync } from 'node:child_process';

/** End-to-end tests run the built program, as users do: it is built before the first test. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}
