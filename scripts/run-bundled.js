import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Builds the program as users get it, then a TypeScript program of tests beside it, and runs that one here. */
export async function runBundled(entryPoint, name) {
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
  const outfile = join(import.meta.dirname, `../node_modules/.cache/easyflip-${name}/program.js`);
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  await import(pathToFileURL(outfile).href);
}
