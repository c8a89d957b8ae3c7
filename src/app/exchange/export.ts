import type { ItemState } from '../../core/outcome.ts';
import type { Sheet } from '../../report/sheet.ts';
import type { App } from '../app.ts';
import { rowOf, sheetOf } from './rows.ts';

/** Every item with every field, what is held first; `states`: only those. Reads the database alone. */
export async function exportSheet({ store }: Pick<App, 'store'>, states: readonly ItemState[] | undefined): Promise<Sheet> {
  const rows = [];
  for (const stored of await store.items.all()) {
    const row = rowOf(stored, await store.outcomes.ofItem(stored.item.id));
    if (!states || states.includes(row.state)) rows.push(row);
  }
  return sheetOf(rows);
}
