import { setFlagsFromString } from 'node:v8';
import packageJson from '../package.json' with { type: 'json' };
import type { Shell } from './cli/shell.ts';

// A reader that has seen enough (`easyflip status | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const argv = process.argv.slice(2);
const shell: Shell = {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  exit: (code) => {
    process.exitCode = code;
  },
};

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  // The one question that scripts ask often: answered without loading anything.
  shell.out.write(`${packageJson.version}\n`);
} else {
  // V8 takes memory generously: a small heap may grow fourfold before it is tidied up, and objects are made in an area that grows to
  // 48 MB. Going through many thousand items takes neither: little is kept of them. Work on items gets more (`app/heap.ts`).
  setFlagsFromString('--heap-growing-percent=25');
  setFlagsFromString('--semi-space-growth-factor=1');
  const { runProgram } = await import('./cli/run-program.ts');
  await runProgram(argv, shell, packageJson.version);
}
