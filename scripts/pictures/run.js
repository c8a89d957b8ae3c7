import { runBundled } from '../run-bundled.js';

await runBundled('scripts/pictures/program.ts', 'pictures');
