import { EasyflipError } from '../core/errors.ts';
import type { Store, StoredItem } from '../core/ports/index.ts';

/** The one item a person means: by id (or its beginning), SKU, listing id, folder or folder name. Errors: `usage.unknown-item`. */
export async function findItem({ items }: Pick<Store, 'items'>, name: string): Promise<StoredItem> {
  const [found, ...others] = await items.lookUp(name);
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
