import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/core/errors.ts';
import { stages } from '../../src/stages/index.ts';
import { sourceFiles } from './source-files.ts';

const files = sourceFiles('src');

describe('manners', () => {
  it('only the reporting and command layers print', () => {
    const printing = /\bconsole\.|process\.(stdout|stderr)\.write/;
    const allowed = /^src\/(report|cli)\/|^src\/main\.ts$|^src\/practice\/main\.ts$/;
    expect(files.filter(({ path, text }) => !allowed.test(path) && printing.test(withoutComments(text))).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('only the log writes logs: nobody else appends to files, but for the questions that wait for their batch', () => {
    const appending = /\bappendFile|\bO_APPEND\b|createWriteStream|flags?: 'a/;
    expect(files.filter(({ text }) => appending.test(withoutComments(text))).map(({ path }) => path)).toEqual([
      'src/app/batches/spool.ts',
      'src/report/log/log-files.ts',
    ]);
    // Who names the folder: where it is, who opens the log with it, and who reads it for a bug report.
    const naming = files.filter(({ text }) => /\bfolders\.logs\b/.test(text)).map(({ path }) => path);
    expect(naming.filter((path) => !['src/cli/session.ts', 'src/app/bundle.ts'].includes(path))).toEqual([]);
  });

  it('a file is read in one go', () => {
    expect(
      files.filter(({ text }) => text.split('\n').length > 300).map(({ path, text }) => `${path}: ${text.split('\n').length}`),
    ).toEqual([]);
  });

  it('no room for odds and ends', () => {
    expect(files.filter(({ path }) => /(^|\/)(utils?|helpers?|common|misc|manager)(\.ts|\/)/.test(path)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('every error code is used', () => {
    const all = files
      .filter(({ path }) => path !== 'src/core/errors.ts')
      .map(({ text }) => text)
      .join('\n');
    expect(ERROR_CODES.filter((code) => !all.includes(`'${code}'`))).toEqual([]);
  });

  it('a stage needs only stages above it, and ARCHITECTURE.md lists them in order', () => {
    const names = stages.map(({ name }) => name);
    for (const [index, stage] of stages.entries()) {
      for (const needed of Object.values(stage.needs as Record<string, { name: string }>))
        expect(names.slice(0, index)).toContain(needed.name);
    }
    const page = readFileSync('ARCHITECTURE.md', 'utf8');
    const listed = [...page.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]).filter((name) => names.includes(name ?? ''));
    expect(listed).toEqual(names);
  });
});

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
