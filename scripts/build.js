// One fast build: every entry and every dynamic import becomes a chunk of its own, so that a command
// loads only what it uses. Packages stay outside: native and wasm ones must be found in node_modules. Only zod is taken in:
// of its hundred files, half of them error texts in other languages, what is used is a third, and each command begins with it.
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const outdir = 'dist';
const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const { metafile } = await build({
  entryPoints: {
    main: 'src/main.ts',
    'practice-server': 'src/practice/main.ts',
    'keychain-process': 'src/credentials/keychain-process.ts',
    'heic-thread': 'src/imaging/heic/heic-thread.ts',
    'code-thread': 'src/adapters/local/code-thread.ts',
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => name !== 'zod'),
  sourcemap: true,
  logLevel: 'warning',
  metafile: true,
});
// The script of the review page is for browsers: one file, without what only Node.js has.
const page = await build({
  entryPoints: { 'review-page': 'src/web/browser/page.ts' },
  outdir,
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
  metafile: true,
});
const ZOD_LICENSE = 'zod-license.txt';
copyFileSync('node_modules/zod/LICENSE', join(outdir, ZOD_LICENSE));
// Chunks of earlier builds go after the new ones are there, so that a running program never misses one.
const made = new Set(Object.keys({ ...metafile.outputs, ...page.metafile.outputs }).map((path) => basename(path)));
for (const name of readdirSync(outdir)) if (!made.has(name)) rmSync(join(outdir, name), { recursive: true, force: true });
