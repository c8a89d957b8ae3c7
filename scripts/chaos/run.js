// `npm run chaos -- --items N --seed N [--processes N] [--json]`: lists in bad weather and looks what the marketplace has.
// See test/chaos and docs/reliability.md.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
const outfile = join(import.meta.dirname, '../../node_modules/.cache/easyflip-chaos/program.js');
await build({
  entryPoints: ['scripts/chaos/program.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  logLevel: 'warning',
});
await import(pathToFileURL(outfile).href);
