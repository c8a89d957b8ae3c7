// `npm run crash [-- --kind WORDS] [-- --every N] [-- --jobs N] [-- --json]`: kills the built program at every moment of
// every kind of work and looks, after the next run, what the marketplace has. See test/crash.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
const outfile = join(import.meta.dirname, '../../node_modules/.cache/easyflip-crash/program.js');
await build({
  entryPoints: ['scripts/crash/program.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  logLevel: 'warning',
});
await import(pathToFileURL(outfile).href);
