import { isAbsolute, relative, resolve } from 'node:path';
import * as z from 'zod';
import { type EasyflipError, ProblemsError } from '../core/errors.ts';
import { MAX_PHOTOS_PER_ITEM } from '../core/item.ts';

const photo = z.string().min(1, 'must be a path').describe('Path from `base`, or absolute');

/** A grouping as a file: `easyflip scan --write`, edited by hand, read by `easyflip list --plan`. */
export const planShape = z.strictObject({
  easyflipPlan: z.literal(1).describe('Version of this form'),
  folders: z.array(z.string()).min(1).describe('What was scanned, absolute'),
  base: z.string().describe('Where relative paths begin, absolute'),
  items: z.array(
    z.strictObject({
      item: z.string().optional().describe('For people; not read'),
      name: z.string().optional().describe('For people; not read'),
      why: z.string().optional().describe('For people; not read'),
      confidence: z.number().optional().describe('For people; not read'),
      photos: z
        .array(photo)
        .min(1, 'must hold a photo; delete the item if it is none')
        .max(MAX_PHOTOS_PER_ITEM, `holds more than ${MAX_PHOTOS_PER_ITEM} photos`),
    }),
  ),
  leftOut: z.array(photo).default([]).describe('Photos that belong to no item; what stands nowhere is left out, too'),
});

export interface PlanFile {
  readonly folders: readonly string[];
  /** Absolute paths. */
  readonly items: readonly (readonly string[])[];
}

type Written = z.input<typeof planShape>;

/** Paths as a person would type them from `base`. */
export function planText({ folders, base, items, leftOut }: Omit<Written, 'easyflipPlan'>): string {
  const near = (path: string): string => relative(base, path).replaceAll('\\', '/');
  const plan: Written = {
    easyflipPlan: 1,
    folders,
    base,
    items: items.map((item) => ({ ...item, photos: item.photos.map(near) })),
    leftOut: (leftOut ?? []).map(near),
  };
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** What a plan says; all its mistakes are told together, each with its place. Errors: `plan.invalid`. */
export function planFrom(value: unknown, file: string): PlanFile {
  const { data, error } = planShape.safeParse(value);
  if (error)
    throw planProblems(
      file,
      error.issues.map(({ path, message }) => `${placeOf(path)}${message}.`),
    );
  const full = (path: string): string => (isAbsolute(path) ? path : resolve(data.base, path));
  const items = data.items.map(({ photos }) => photos.map(full));
  const twice = doubles(items);
  if (twice.length > 0) throw planProblems(file, twice);
  return { folders: data.folders, items };
}

export const planProblems = (file: string, problems: readonly string[]): EasyflipError =>
  new ProblemsError(
    'plan.invalid',
    `The plan ${file} cannot be used: ${problems[0]}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`,
    problems,
    {
      hint: 'Correct it, or make a new one with `easyflip scan FOLDER --write plan.json`.',
    },
  );

/** `items[3].photos[1]: ` */
export const placeOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? ''
    : `${path.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at > 0 ? '.' : ''}${String(key)}`)).join('')}: `;

function doubles(items: readonly (readonly string[])[]): string[] {
  const first = new Map<string, string>();
  return items.flatMap((photos, item) =>
    photos.flatMap((path, at) => {
      const place = placeOf(['items', item, 'photos', at]);
      const earlier = first.get(path);
      if (earlier === undefined) first.set(path, place);
      return earlier === undefined ? [] : [`${place}${path} stands at ${earlier.slice(0, -2)} already.`];
    }),
  );
}
