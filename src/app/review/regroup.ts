import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isEasyflipError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { PhotoHash } from '../../core/item.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import type { App } from '../app.ts';
import type { Regrouped } from '../group.ts';
import { planItems } from '../plan.ts';
import { register } from '../register.ts';

/** Items that were made anew, or why that has to wait for the next `list`. */
export type Remade = { readonly items: readonly StoredItem[] } | { readonly waits: string };

/** Defaults hold for all folders below them; further up than this nobody keeps them. */
const LEVELS_UP = 6;
const DEFAULTS = ['defaults.json', 'defaults.yaml', 'defaults.yml'];

/**
 * Makes items of photos that were just grouped anew, as the next scan would: only of those photos, whatever else lies in their
 * folders. `folders`: what the seller listed; without them the folders of the photos, from the highest with `defaults.*` on.
 */
export async function remake(
  app: App,
  { items }: Regrouped,
  { folders, emit, signal }: { readonly folders: readonly string[]; readonly emit: Emit; readonly signal: AbortSignal },
): Promise<Remade> {
  const touched = new Set<PhotoHash>(items.flatMap(({ item }) => item.photos.map(({ sha256 }) => sha256)));
  try {
    const roots = folders.length > 0 ? folders : [...new Set(items.map(({ item }) => rootOf(item)))];
    const plan = await planItems(app, roots, { emit: () => {}, signal, mayBeEmpty: true });
    const found = plan.items.filter(({ photos }) => photos.some(({ sha256 }) => touched.has(sha256)));
    if (found.length === 0) return { waits: 'Its photos are not where they were.' };
    return { items: await register(app, found, emit, plan.items) };
  } catch (error) {
    if (!isEasyflipError(error) || error.code.startsWith('store.')) throw error;
    return { waits: error.message };
  }
}

/** A folder that is one item is scanned from the folder above it, so that it stays one. */
function rootOf({ source, photos }: StoredItem['item']): string {
  const folder = dirname(photos[0]?.path ?? source);
  const start = source === folder ? dirname(folder) : folder;
  let root = start;
  for (let [at, above] = [0, start]; at < LEVELS_UP && above !== dirname(above); at += 1, above = dirname(above)) {
    if (DEFAULTS.some((name) => existsSync(join(above, name)))) root = above;
  }
  return root;
}
