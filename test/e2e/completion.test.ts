import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/* The scripts that `completion` writes, in the real shells. Where a shell is not there its part is skipped. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'easyflip-completion-'));
  writeFileSync(join(folder, 'photos.txt'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const easyflip = (...args: readonly string[]) =>
  spawnSync(process.execPath, [resolve('bin/easyflip.js'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: folder },
  });

function scriptFor(shell: string): string {
  const made = easyflip('completion', shell);
  expect(made.status, made.stderr).toBe(0);
  const file = join(folder, `completion.${shell}`);
  writeFileSync(file, made.stdout);
  return file;
}

const run = (shell: string, args: readonly string[], input?: string) =>
  spawnSync(shell, args, { encoding: 'utf8', cwd: folder, input, env: { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'dumb' } });

const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** The words that are typed, the last one up to the cursor, and what the shell offers for it. */
interface Case {
  readonly words: readonly string[];
  readonly offered: readonly string[];
  readonly not?: string;
}

const CASES: readonly Case[] = [
  { words: ['li'], offered: ['list'], not: 'scan' },
  { words: ['re'], offered: ['report', 'restore', 'resume', 'retry-failed', 'recover'] },
  { words: ['group', ''], offered: ['merge', 'split', 'move'], not: 'list' },
  { words: ['list', '--pub'], offered: ['--publish'] },
  { words: ['list', '--publish', ''], offered: ['auto', 'review', 'never'], not: '--publish' },
  { words: ['list', './photos', '--env', 'p'], offered: ['practice', 'production'], not: 'sandbox' },
  { words: ['export', '--format', ''], offered: ['csv', 'json', 'ebay-drafts'] },
  { words: ['config', 's'], offered: ['show', 'schema'], not: 'scan' },
  { words: ['completion', ''], offered: ['bash', 'zsh', 'fish'] },
  { words: ['explain', 'photo.bl'], offered: ['photo.blurred'], not: 'photo.dark' },
];

describe.skipIf(!isThere('bash'))('bash', () => {
  it.each(CASES)('offers for $words', ({ words, offered, not }) => {
    const file = scriptFor('bash');
    const script = `source ${file}; COMP_WORDS=(easyflip "$@"); COMP_CWORD=$#; _easyflip; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = run('bash', ['--norc', '-c', script, 'bash', ...words]);
    expect(stderr).toBe('');
    const lines = stdout.split('\n').filter(Boolean);
    expect(lines.toSorted()).toEqual(expect.arrayContaining([...offered]));
    if (not) expect(lines).not.toContain(not);
  });

  it('leaves files to the shell', () => {
    const { stdout } = run('bash', [
      '--norc',
      '-c',
      `source ${scriptFor('bash')}; complete -p easyflip; COMP_WORDS=(easyflip import ph); COMP_CWORD=2; _easyflip; echo "[\${COMPREPLY[*]}]"`,
    ]);
    expect(stdout).toContain('-o default');
    expect(stdout).toContain('[]');
  });
});

describe.skipIf(!isThere('zsh'))('zsh', () => {
  it.each(CASES)('offers for $words', ({ words, offered, not }) => {
    const file = scriptFor('zsh');
    // Without a terminal there is no line to complete: what the script hands to zsh's own functions is printed instead.
    const script = `
autoload -Uz compinit; compinit -u -D
source ${file}
_describe() { local name=$2; print -rl -- OFFER:\${(P)^name%%:*} }
_files() { print FILES }
words=(easyflip ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=\${#words}
compadd() { if [[ $1 == -a ]]; then print -rl -- OFFER:\${(P)^2}; fi }
_easyflip`;
    const { stdout, stderr } = run('zsh', ['-f', '-c', script]);
    expect(stderr).toBe('');
    // Which of them begin as what was typed, zsh itself says afterwards.
    const last = words.at(-1) ?? '';
    const lines = [...stdout.matchAll(/^OFFER:(.*)$/gm)].map(([, word]) => word ?? '').filter((word) => word.startsWith(last));
    expect(lines).toEqual(expect.arrayContaining([...offered]));
    if (not) expect(lines).not.toContain(not);
  });
});

describe.skipIf(!isThere('fish'))('fish', () => {
  it.each(CASES)('offers for $words', ({ words, offered, not }) => {
    const line = ['easyflip', ...words].join(' ');
    const { stdout, stderr } = run('fish', ['--no-config', '-c', `source ${scriptFor('fish')}; complete -C ${JSON.stringify(line)}`]);
    expect(stderr).toBe('');
    const lines = stdout.split('\n').map((one) => one.split('\t')[0] ?? '');
    expect(lines).toEqual(expect.arrayContaining([...offered]));
    if (not) expect(lines).not.toContain(not);
  });
});
