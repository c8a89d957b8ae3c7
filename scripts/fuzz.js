/**
 * The properties of test/properties, many times over and from a new seed: `npm run fuzz`, `npm run fuzz -- 50`,
 * `npm run fuzz -- 50 1234 test/properties/money.test.ts` (factor, seed, which). The seed is printed, and the same seed finds the same.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const [factor = '20', seed = String(randomInt(2 ** 31)), ...files] = process.argv.slice(2);
console.log(`factor ${factor}, seed ${seed}`);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const args = [vitest, 'run', '--testTimeout', '3600000', ...(files.length > 0 ? files : ['test/properties'])];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, FUZZ: factor, FUZZ_SEED: seed } });
process.exitCode = status ?? 1;
