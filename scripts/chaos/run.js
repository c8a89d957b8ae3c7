// `npm run chaos -- --items N --seed N [--processes N] [--json]`: lists in bad weather and looks what the marketplace has.
// See test/chaos and docs/reliability.md.
import { runBundled } from '../run-bundled.js';

await runBundled('scripts/chaos/program.ts', 'chaos');
