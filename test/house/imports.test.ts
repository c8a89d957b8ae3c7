import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOADED_LATE, PACKAGE_HOMES, ROOMS, roomOf } from './rooms.ts';
import { type Import, sourceFiles } from './source-files.ts';

const files = sourceFiles('src');

describe('imports', () => {
  it('every source file is in a room', () => {
    expect(files.filter(({ path }) => roomOf(path) === undefined).map(({ path }) => path)).toEqual([]);
  });

  it('a room imports only itself and what its rank allows', () => {
    const trespasses = files.flatMap(({ path, imports }) => {
      const room = roomOf(path) ?? '';
      const allowed = [room, ...(ROOMS[room] ?? [])];
      return imports
        .filter(({ ours }) => ours)
        .filter(
          ({ target }) => !allowed.some((place) => target === place || (target.startsWith(`${place}/`) && roomMatches(target, place))),
        )
        .map(({ target }) => `${path} → ${target}`);
    });
    expect(trespasses).toEqual([]);
  });

  it('a package is imported in its home only', () => {
    const strays = files.flatMap(({ path, imports }) =>
      imports
        .filter((one) => isPackage(one) && !(PACKAGE_HOMES[one.target] ?? []).some((home) => path.startsWith(`${home}/`)))
        .map(({ target }) => `${path} → ${target}`),
    );
    expect(strays).toEqual([]);
  });

  it('every dependency has a home, and every home a dependency', () => {
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
      'dependencies' | 'optionalDependencies',
      Record<string, string>
    >;
    expect(Object.keys(PACKAGE_HOMES).sort()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies }).sort());
  });

  it('exact versions only', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('heavy packages are loaded when they are needed, not before', () => {
    const early = files
      .filter(({ path }) => !path.startsWith('src/practice/') && !path.startsWith('src/store/'))
      .flatMap(({ path, imports }) =>
        imports.filter((one) => LOADED_LATE.has(one.target) && !one.typeOnly && !one.dynamic).map(({ target }) => `${path} → ${target}`),
      );
    expect(early).toEqual([]);
  });

  it('there are no import cycles', () => {
    const graph = new Map(
      files.map(({ path, imports }) => [
        path,
        imports.filter(({ ours, typeOnly, dynamic }) => ours && !typeOnly && !dynamic).map(({ target }) => target),
      ]),
    );
    expect(cyclesIn(graph)).toEqual([]);
  });
});

const isPackage = ({ ours, target }: Import): boolean => !ours && !target.startsWith('node:');

/** `src/adapters` does not open `src/adapters/ebay`, which is a room of its own. */
const roomMatches = (target: string, place: string): boolean => roomOf(target) === place || !(place in ROOMS);

function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}
