// The closing line of CI: tests that passed and failed, the failed steps added.
import { readFileSync } from 'node:fs';

const failedSteps = Number(process.argv[2] ?? 0);
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync('node_modules/.cache/test-results.json', 'utf8'));
const failed = Math.max(numFailedTests, failedSteps);
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
