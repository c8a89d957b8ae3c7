// `npm run bench [-- NAME…] [-- --json]`: runs every scripts/bench/*.bench.js (or those named) and prints a table each, and
// with --json one JSON object a line. A bench exports `title` and `run({ compare, built, folder })` and returns rows;
// with --short a small form, which tells whether the bench still works and little else;
// add one by adding a file. Ratios are to be trusted, absolute figures only on an idle machine.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compare } from './compare.js';

const here = import.meta.dirname;
const args = process.argv.slice(2);
const json = args.includes('--json');
const short = args.includes('--short');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const benches = readdirSync(here)
  .filter((name) => name.endsWith('.bench.js'))
  .filter((name) => wanted.length === 0 || wanted.includes(basename(name, '.bench.js')));
if (benches.length === 0) throw new Error(`there is no such bench: ${wanted.join(', ')}`);

/** Modules of the program as they are now, built as users get them: `built({ name: 'src/….ts' })` gives their addresses. */
async function built(entryPoints) {
  const outdir = join(here, '../../node_modules/.cache/easyflip-bench');
  const threads = { 'heic-thread': 'src/imaging/heic/heic-thread.ts', 'code-thread': 'src/adapters/local/code-thread.ts' };
  const options = { bundle: true, splitting: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'warning' };
  await build({ entryPoints: { ...entryPoints, ...threads }, outdir, ...options });
  return Object.fromEntries(Object.keys(entryPoints).map((name) => [name, pathToFileURL(join(outdir, `${name}.js`)).href]));
}

for (const name of benches) {
  const folder = mkdtempSync(join(tmpdir(), 'easyflip-bench-'));
  try {
    const bench = await import(pathToFileURL(join(here, name)).href);
    if (!json) console.log(`\n${bench.title}`);
    const rows = await bench.run({ compare, built, folder, short });
    if (json) for (const row of rows) console.log(JSON.stringify({ bench: basename(name, '.bench.js'), ...row }));
    else console.table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
// Threads at rest must not keep it.
process.exit(0);
