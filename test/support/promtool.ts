import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

export const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool) process.stderr.write('No promtool (Debian: prometheus) on this machine: its check is skipped.\n');

/** Prometheus' own word: nothing to find fault with. Says nothing where it is not there. */
export function passesPromtool(text: string): void {
  if (!hasPromtool) return;
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
}
