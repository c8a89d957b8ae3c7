import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';

let registry: Server | undefined;
afterEach(() => {
  registry?.closeAllConnections();
  registry?.close();
});

/** `npm run audit` against a registry that answers audits so. */
async function audited(status: number, answer: unknown): Promise<{ readonly code: number | null; readonly out: string }> {
  registry = createServer((request, response) => {
    const isAudit = request.url === '/-/npm/v1/security/advisories/bulk';
    request.resume().on('end', () => {
      response.writeHead(isAudit ? status : 404, { 'content-type': 'application/json' }).end(JSON.stringify(isAudit ? answer : {}));
    });
  });
  await new Promise<void>((listening) => registry?.listen(0, '127.0.0.1', listening));
  const { port } = registry.address() as AddressInfo;
  const child = spawn(process.execPath, ['scripts/audit.js'], {
    env: { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_fetch_retries: '0' },
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const code = await new Promise<number | null>((ended) => child.on('close', ended));
  return { code, out };
}

it('finds nothing where the registry knows of nothing', async () => {
  const { code, out } = await audited(200, {});
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+ packages for users, 0 with known holes\n$/);
});

it('fails on a known hole in what users install', async () => {
  const hole = { id: 1, url: 'https://example.org/1', title: 'A hole', severity: 'high', vulnerable_versions: '<999', cwe: [], cvss: {} };
  const { code, out } = await audited(200, { 'cli-progress': [hole] });
  expect(code).toBe(1);
  expect(out).toContain('cli-progress');
});

it('says that nothing is known where the registry answers no audits', async () => {
  const { code, out } = await audited(405, {});
  expect({ code, out }).toEqual({ code: 0, out: 'not known: the registry answers no audits (405)\n' });
});
