import { canonicalJson } from '../../core/hash.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import type { App } from '../app.ts';
import { noteCorrections } from './corrections.ts';
import { layAgain } from './lay-edit.ts';

/**
 * After a sidecar was written or changed: it says what was wrong in what had been proposed, and what the seller has said by
 * command still stands over it. Answers the item as it is now.
 */
export async function tookNewSidecar(app: App, before: StoredItem, stored: StoredItem): Promise<StoredItem> {
  const { store } = app;
  const { id, seller } = stored.item;
  await noteCorrections(app, { stored: before, outcomes: await store.outcomes.ofItem(id) }, seller, 'sidecar');
  const set = layAgain(stored);
  if (canonicalJson(set) === canonicalJson(stored.set)) return stored;
  await store.items.setFacts(id, set);
  return (await store.items.get(id)) ?? stored;
}
