import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface SourceFile {
  /** From the project's root, with slashes: `src/core/item.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** Path of one of our files, or the name of a package or of a module of Node. */
  readonly target: string;
  readonly ours: boolean;
  /** Gone after the build: no cycle and no weight. */
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

const STATIC = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every source file below a folder, with what it imports. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = join(folder, name).replaceAll('\\', '/');
      const text = readFileSync(path, 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });
}

function importsOf(path: string, text: string): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, dynamic: boolean): void => {
    const ours = specifier.startsWith('.');
    const target = ours ? relative('.', resolve(dirname(path), specifier)).replaceAll('\\', '/') : packageName(specifier);
    found.push({ target, ours, typeOnly, dynamic });
  };
  for (const [, typeOnly, specifier = ''] of text.matchAll(STATIC)) add(specifier, typeOnly !== undefined, false);
  for (const [, specifier = ''] of text.matchAll(DYNAMIC)) add(specifier, false, true);
  return found;
}

const packageName = (specifier: string): string =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] ?? specifier);
