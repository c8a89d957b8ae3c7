import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = (file: string): string => readFileSync(file, 'utf8');

it('ARCHITECTURE.md gives the reason for each dependency, and for nothing else', () => {
  const { dependencies, optionalDependencies } = JSON.parse(page('package.json')) as Record<string, Record<string, string>>;
  const table = page('ARCHITECTURE.md').split('\n## Dependencies\n')[1]?.split('\n## ')[0] ?? '';
  const rows = [...table.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)].slice(1).filter(([, names = '']) => !names.includes('---'));
  const named = rows.flatMap(([, names = '']) => names.split(',').map((name) => name.replace('(optional)', '').trim()));
  expect(named.sort()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies }).sort());
  for (const [, , reason = ''] of rows) expect(reason.trim()).not.toBe('');
});

it('what SECURITY.md promises names tests that are there', () => {
  const tests = [...page('SECURITY.md').matchAll(/`(test\/[\w./-]+)`/g)].map((match) => match[1] ?? '');
  expect(tests.length).toBeGreaterThan(15);
  expect(tests.filter((path) => !existsSync(path))).toEqual([]);
});
