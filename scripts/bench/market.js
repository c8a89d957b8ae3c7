// The practice marketplace as a process of its own, so that it takes nothing of what the program is measured by.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

/** The program must have been built. */
export async function startMarket(root) {
  const market = spawn(process.execPath, [resolve('dist/practice-server.js'), '--state', join(root, 'market.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(market);
  await control(url, 'settings', { journalMax: 1_000_000 });
  return { url, close: () => market.kill('SIGTERM') };
}

export async function control(url, path, body) {
  const answer = await fetch(`${url}/_practice/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
}

async function addressOf(market) {
  for await (const chunk of market.stdout) return JSON.parse(String(chunk).split('\n')[0]).url;
  throw new Error('the practice marketplace did not start');
}
