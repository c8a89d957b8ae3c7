import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ErrorCode, ProblemsError } from '../core/errors.ts';
import { groupBy } from './group-by.ts';
import { byPath } from './natural-order.ts';
import { isInside, type RefusedFile } from './walk-folders.ts';

export interface RootProblem {
  readonly code: Extract<ErrorCode, 'usage.invalid' | 'input.missing-folder' | 'input.no-photos'>;
  readonly message: string;
  readonly hint: string;
}

/** The folders to scan, absolute, each once and none inside another; and what is wrong with the rest. */
export async function openRoots(folders: readonly string[]): Promise<{ roots: readonly string[]; problems: RootProblem[] }> {
  const problems: RootProblem[] = [];
  const found: { path: string; real: string }[] = [];
  for (const folder of folders) {
    const path = resolve(folder);
    const problem = await problemOf(path);
    if (problem) problems.push(problem);
    else found.push({ path, real: await realpath(path) });
  }
  found.sort((a, b) => byPath(a.path, b.path));
  const outer = found.filter(
    ({ real }, at) => !found.some((other, i) => i !== at && isInside(real, other.real) && (real !== other.real || i < at)),
  );
  return { roots: outer.map(({ path }) => path), problems };
}

async function problemOf(path: string): Promise<RootProblem | undefined> {
  const missing = 'Check the path; it is taken relative to the folder you are in.';
  try {
    if ((await stat(path)).isDirectory()) return undefined;
    return { code: 'usage.invalid', message: `${path} is a file, not a folder.`, hint: 'Name the folder that holds the photos.' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES')
      return { code: 'input.missing-folder', message: `There is no folder ${path}.`, hint: missing };
    return { code: 'input.missing-folder', message: `The folder ${path} cannot be reached (no permission).`, hint: 'Allow reading it.' };
  }
}

/** Throws what is wrong with the folders that were asked for, all of it together; returns when nothing is. */
export function refuseRoots(
  early: readonly RootProblem[],
  roots: readonly string[],
  hasPhotos: (root: string) => boolean,
  refused: readonly RefusedFile[],
): void {
  const problems = [...early, ...roots.flatMap((root) => (hasPhotos(root) ? [] : noPhotosIn(root, refused)))];
  const [first] = problems;
  if (!first) return;
  const message =
    problems.length === 1
      ? first.message
      : `${problems.length} of the folders cannot be used: ${problems.map((problem) => problem.message).join(' ')}`;
  throw new ProblemsError(
    first.code,
    message,
    problems.map((problem) => problem.message),
    { hint: first.hint },
  );
}

function noPhotosIn(root: string, refused: readonly RefusedFile[]): RootProblem[] {
  const inside = refused.filter(({ path }) => isInside(path, root));
  // A folder of copies does hold photos; they are refused one by one.
  if (inside.some(({ reason }) => reason.code === 'photo.duplicate')) return [];
  const [only, ...others] = [...new Set(inside.map(({ reason }) => reason.hint))];
  const hint = only !== undefined && others.length === 0 ? only : 'Put JPEG, HEIC, PNG, WebP, AVIF, GIF or TIFF photos there.';
  return [{ code: 'input.no-photos', message: `There is no usable photo in ${root}: ${whatIsThere(inside)}.`, hint }];
}

const KINDS: Partial<Record<ErrorCode, string>> = {
  'photo.empty': 'empty',
  'photo.damaged': 'damaged',
  'photo.not-an-image': 'not a picture',
  'photo.vector-graphic': 'a drawing',
  'photo.too-many-pixels': 'too many pixels',
  'photo.too-large': 'too large',
  'photo.format-unsupported': 'unsupported format',
  'photo.unreadable-file': 'not readable',
  'file.hidden': 'hidden',
  'file.macos-companion': 'macOS companion',
  'file.iphone-edit': 'iPhone edit',
  'file.live-photo': 'video of a Live Photo',
  'file.not-a-photo': 'not a photo',
};

function whatIsThere(refused: readonly RefusedFile[]): string {
  if (refused.length === 0) return 'it is empty';
  const counts = groupBy(refused, ({ reason }) => KINDS[reason.code] ?? reason.code);
  const parts = [...counts].map(([kind, files]) => `${files.length} ${kind}`);
  return `${refused.length} ${refused.length === 1 ? 'file' : 'files'} cannot be used (${parts.join(', ')})`;
}
