import { resolve } from 'node:path';
import { EasyflipError } from '../core/errors.ts';
import type { Store, StoredItem } from '../core/ports/index.ts';

/**
 * The one item a person means: by id (or its beginning), SKU, listing id, folder or folder name. A path may be relative, as a shell
 * completes it; of items whose folders share a name it is the one here. Errors: `usage.unknown-item`.
 */
export async function findItem({ items }: Pick<Store, 'items'>, name: string): Promise<StoredItem> {
  const named = await items.lookUp(name);
  const here = named.length === 1 || name.trim() === '' ? [] : await items.lookUp(resolve(name));
  const [found, ...others] = here.length === 1 ? here : named;
  if (!found) {
    throw new EasyflipError('usage.unknown-item', `No item is called "${name}".`, {
      hint: 'Run `easyflip status` for the ids; an id, SKU, listing id or folder names an item.',
    });
  }
  if (others.length > 0) {
    throw new EasyflipError(
      'usage.unknown-item',
      `"${name}" names several items: ${[found, ...others].map(({ item }) => item.id).join(', ')}.`,
      {
        hint: 'Use the id of the one you mean.',
      },
    );
  }
  return found;
}
