import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { findJsonFault } from '../config/json-text.ts';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import type { PhotoHash } from '../core/item.ts';
import { listingOf } from '../core/item-state.ts';
import { LEFT_OUT } from '../core/ports/index.ts';
import { type PlanFile, placeOf, planFrom, planProblems, planText } from '../intake/plan-file.ts';
import { isInside } from '../intake/walk-folders.ts';
import type { App } from './app.ts';
import { placedTogether } from './group.ts';
import { type Plan, planItems } from './plan.ts';
import type { ScanResult } from './scan.ts';

/** A plan of 100,000 photos has about ten million bytes. */
const MAX_BYTES = 50_000_000;

/** Photos that could be listed, and are in no item; dividers cannot. */
const LEFT_OUT_CODES: ReadonlySet<string> = new Set(['photo.left-out', 'photo.too-many']);

/** Writes a grouping to be edited by hand. Errors: `usage.invalid` when the file exists or cannot be written. */
export async function writePlan(file: string, { items, plan }: ScanResult): Promise<string> {
  const path = resolve(file);
  const { roots } = plan;
  const text = planText({
    folders: [...roots],
    base: roots.reduce(commonFolder),
    items: items.map(({ item, source, why, confidence, files }) => ({
      item,
      name: source,
      why,
      confidence,
      photos: files.map((one) => one.path),
    })),
    leftOut: plan.unused.filter(({ reason }) => LEFT_OUT_CODES.has(reason.code)).map(({ path: unused }) => unused),
  });
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new EasyflipError('usage.invalid', code === 'EEXIST' ? `${path} exists already.` : `${path} cannot be written (${code}).`, {
      hint: 'Name another file; a plan that was edited is never written over.',
    });
  }
  return path;
}

/**
 * Makes a plan's grouping, and the order of the photos in it, the seller's word for this and all later scans, and returns the folders it is about. Items
 * that stay as they were found are not touched. Errors: `plan.invalid` with every place, `usage.wrong-state` for a
 * plan that takes a live item apart; nothing is noted then.
 */
export async function adoptPlan(app: App, file: string, signal: AbortSignal): Promise<readonly string[]> {
  const path = resolve(file);
  const wanted = await readPlanFile(path);
  const found = await planItems(app, wanted.folders, { emit: () => {}, signal });
  const hashes = await checked(path, wanted, found);
  // In another order it is another listing: the cover is what buyers see first.
  const asFound = new Set(found.items.map(({ photos }) => photos.map(({ sha256 }) => sha256).join()));
  const touched = hashes.filter((group) => !asFound.has(group.join()));
  const mentioned = new Set(hashes.flat());
  const leftOut = found.items.flatMap(({ photos }) => photos.map(({ sha256 }) => sha256)).filter((hash) => !mentioned.has(hash));
  await refuseListed(app, [...touched.flat(), ...leftOut], hashes);
  const together = touched.flatMap((group) => placedTogether(group, { inOrder: true }));
  await app.store.grouping.place(new Map([...together, ...leftOut.map((hash) => [hash, { group: LEFT_OUT }] as const)]));
  return wanted.folders;
}

async function readPlanFile(file: string): Promise<PlanFile> {
  let text: string;
  try {
    const found = await stat(file);
    if (!found.isFile() && !found.isDirectory()) throw planProblems(file, ['it is no ordinary file.']);
    if (found.size > MAX_BYTES) throw planProblems(file, [`it has more than ${MAX_BYTES} bytes; plan fewer folders at a time.`]);
    text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if (isEasyflipError(error)) throw error;
    throw planProblems(file, [`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown cause'}).`]);
  }
  const fault = findJsonFault(text);
  if (fault) throw planProblems(file, [`line ${fault.line}, column ${fault.column}: ${fault.what}.`]);
  return planFrom(JSON.parse(text), file);
}

async function checked(file: string, { items }: PlanFile, { scanned, unused }: Plan): Promise<readonly (readonly PhotoHash[])[]> {
  const known = new Map(scanned.photos.map((photo) => [photo.path, photo.sha256]));
  const refused = new Map(unused.filter(({ reason }) => !LEFT_OUT_CODES.has(reason.code)).map(({ path, reason }) => [path, reason]));
  const problems: string[] = [];
  const hashes = items.map((paths, item) =>
    paths.flatMap((path, at) => {
      const hash = known.get(path);
      const reason = refused.get(path);
      if (hash && !reason) return [hash];
      const why = reason?.message ?? (existsSync(path) ? 'It lies outside the folders of the plan.' : 'There is no such file.');
      problems.push(`${placeOf(['items', item, 'photos', at])}${path} cannot be used. ${why}`);
      return [];
    }),
  );
  if (problems.length > 0) throw planProblems(file, problems);
  return hashes;
}

/** What is live stays as it is listed; the seller has to end it first. */
async function refuseListed({ store }: App, touched: readonly PhotoHash[], groups: readonly (readonly PhotoHash[])[]): Promise<void> {
  const wanted = new Set(groups.map(keyOf));
  for (const stored of await store.items.withPhotos(touched)) {
    const { item } = stored;
    const listed = listingOf(stored, await store.outcomes.ofItem(item.id)) ?? stored.withdrawnAt;
    if (!listed || wanted.has(keyOf(item.photos.map(({ sha256 }) => sha256)))) continue;
    throw new EasyflipError('usage.wrong-state', `The plan groups the photos of item ${item.id} anew, which is listed.`, {
      hint: `Leave its photos together in the plan, or end its listing with \`easyflip withdraw ${item.id}\` first.`,
    });
  }
}

const keyOf = (hashes: readonly PhotoHash[]): string => [...hashes].sort().join();

function commonFolder(a: string, b: string): string {
  let folder = a;
  while (!isInside(b, folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
