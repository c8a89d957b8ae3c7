// `npm run crash [-- --kind WORDS] [-- --every N] [-- --jobs N] [-- --json]`: kills the built program at every moment of
// every kind of work and looks, after the next run, what the marketplace has. See test/crash.
import { runBundled } from '../run-bundled.js';

await runBundled('scripts/crash/program.ts', 'crash');
