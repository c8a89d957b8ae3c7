import type { Sku } from '../core/item.ts';
import type { StageOutcome, Store, StoredBatch, StoredItem } from '../core/ports/index.ts';
import { canPassByItself } from '../pipeline/transient.ts';
import type { OutsideStep, Story } from '../report/views.ts';
import type { Prepared } from '../stages/prepare.ts';
import type { App } from './app.ts';
import { outcomesByItem, statusItem } from './status.ts';

/** What went wrong with an item, what was done for it outside all the same, and what that took. From the database alone. */
export async function storyOf(
  { store }: Pick<App, 'store'>,
  stored: StoredItem,
  outcomes: readonly StageOutcome[],
  costMicroUsd: number,
  batch?: StoredBatch,
): Promise<Story> {
  const { id, sku } = stored.item;
  const [failures, calls, pictures, steps] = await Promise.all([
    store.failures.ofItem(id),
    store.failures.callsOf(id),
    uploadsOf(store, outcomes),
    stepsOf(store, sku),
  ]);
  return {
    item: statusItem(stored, outcomes, costMicroUsd, batch),
    failures: failures.map(({ stage, attempts, startedAt, failedAt, reason }) => ({
      stage,
      attempts,
      startedAt,
      failedAt,
      reason,
      passesByItself: canPassByItself(reason.code),
    })),
    done: [...pictures, ...steps],
    calls,
  };
}

/** The stories of all items that have failed and were not mended since. */
export async function failedStories(app: Pick<App, 'store'>): Promise<readonly Story[]> {
  const { store } = app;
  const [items, summary, costs] = await Promise.all([store.items.all(), store.outcomes.summary(), store.ledger.spentByItem()]);
  const byItem = outcomesByItem(summary);
  const stories: Story[] = [];
  for (const stored of items) {
    const { id } = stored.item;
    const outcomes = byItem.get(id) ?? [];
    const cost = costs.get(id) ?? 0;
    if (statusItem(stored, outcomes, cost).state !== 'failed') continue;
    // One after the other: a thousand failures at once would be a thousand queries at once.
    stories.push(await storyOf(app, stored, await store.outcomes.ofItem(id), cost));
  }
  return stories;
}

/** Pictures are sent once per content, so they are found by their prepared bytes, whether the upload stage came to its end or not. */
async function uploadsOf({ journal }: Pick<Store, 'journal'>, outcomes: readonly StageOutcome[]): Promise<readonly OutsideStep[]> {
  const prepared = outcomes.find(({ stage, kind }) => stage === 'prepare' && kind === 'done')?.output as Prepared | undefined;
  const sent = await Promise.all((prepared?.photos ?? []).map(({ picture }) => journal.read(`ebay:picture:${picture.sha256}`)));
  const arrived = sent.flatMap((entry) => (entry?.state === 'answered' ? [entry.at] : []));
  const last = arrived.toSorted().at(-1);
  return last === undefined ? [] : [{ what: 'pictures', count: arrived.length, id: null, at: last, answered: true }];
}

const STEPS = { item: 'item', offer: 'offer', publish: 'listing' } as const;

/** Calls that write an item are kept by its SKU, as `ebay:offer:SKU:content`. */
async function stepsOf({ journal }: Pick<Store, 'journal'>, sku: Sku): Promise<readonly OutsideStep[]> {
  return (await journal.ofScope(sku)).flatMap((entry): OutsideStep[] => {
    const what = STEPS[entry.key.split(':')[1] as keyof typeof STEPS];
    if (what === undefined) return [];
    return [
      { what, count: 1, id: entry.state === 'answered' ? idIn(entry.answer) : null, at: entry.at, answered: entry.state === 'answered' },
    ];
  });
}

function idIn(answer: unknown): string | null {
  if (typeof answer === 'string') return answer;
  const id = typeof answer === 'object' && answer !== null && 'offerId' in answer ? answer.offerId : undefined;
  return typeof id === 'string' ? id : null;
}
