import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Emit, RunFinished } from '../core/events.ts';
import { moneyLabel } from '../core/money.ts';
import type { RunControl } from '../pipeline/run-control.ts';
import { htmlText } from '../report/html-text.ts';
import { listingsPage, type ShownListing } from '../report/listings-page.ts';
import { readKept } from '../sealing/sealed-folders.ts';
import type { Prepared } from '../stages/prepare.ts';
import type { App } from './app.ts';
import { list } from './list.ts';
import { showView } from './show.ts';

export interface DemoResult {
  readonly finished: RunFinished;
  /** One per sample item, in the order of the folders. */
  readonly rows: readonly DemoRow[];
  /** `file:` address of the page, which needs no program to be looked at. */
  readonly page: string;
}

interface DemoRow {
  readonly id: string;
  readonly title: string;
  readonly price: string;
  readonly state: string;
  readonly url: string | null;
}

/** Beside the program in the checkout and in the package alike. */
const samplePhotos = (): string => fileURLToPath(new URL('../fixtures/photos', import.meta.url));

/** Lists the sample photos on the practice marketplace with the local provider, and writes a page that shows them. */
export async function demo(app: App, { emit, control }: { readonly emit: Emit; readonly control: RunControl }): Promise<DemoResult> {
  const directory = samplePhotos();
  const finished = await list(app, { directories: [directory], dryRun: false, emit, control });
  const items = (await app.store.items.all()).filter(({ item }) => item.source.startsWith(directory));

  const rows: DemoRow[] = [];
  const listings: ShownListing[] = [];
  for (const { item } of items) {
    const view = await showView(app, item.id);
    const { title, price, listingUrl, reason, state, sku } = view.item;
    rows.push({ id: item.id, title: title ?? '(no title yet)', price: price ? moneyLabel(price) : '', state, url: listingUrl });
    listings.push({
      title: title ?? item.source.slice(directory.length + 1),
      ...(price ? { price: moneyLabel(price) } : {}),
      ...(view.condition ? { condition: await conditionLabel(app, item.id) } : {}),
      ...(view.categoryPath ? { category: view.categoryPath } : {}),
      aspects: Object.fromEntries(view.aspects.map(({ name, values }) => [name, values])),
      description: htmlText(view.description ?? ''),
      pictures: await embedded(app, item.id),
      ...(listingUrl ? { url: listingUrl } : {}),
      sku,
      ...(reason ? { held: { reason: reason.message, next: reason.hint } } : {}),
    });
  }
  const file = join(app.folders.data, 'demo.html');
  const lead = `${listings.length} sample items, listed on the practice marketplace without a key, an account or a network.`;
  await writeFile(file, listingsPage({ title: 'easyflip demo', lead, listings }));
  return { finished, rows, page: pathToFileURL(file).href };
}

async function outputOf<T>(app: App, id: Parameters<App['store']['items']['get']>[0], stage: string): Promise<T | undefined> {
  return (await app.store.outcomes.ofItem(id)).find((outcome) => outcome.stage === stage)?.output as T | undefined;
}

async function conditionLabel(app: App, id: Parameters<App['store']['items']['get']>[0]): Promise<string> {
  return (await outputOf<{ condition?: { label?: string } }>(app, id, 'specify'))?.condition?.label ?? '';
}

/** Inside the page, so that it can be moved and mailed. */
async function embedded(app: App, id: Parameters<App['store']['items']['get']>[0]): Promise<readonly string[]> {
  const prepared = await outputOf<Prepared>(app, id, 'prepare');
  const files = await Promise.all(
    (prepared?.photos ?? []).map(({ model }) => readKept(join(app.folders.pictures, model.name)).catch(() => undefined)),
  );
  return files.filter((file) => file !== undefined).map((file) => `data:image/jpeg;base64,${file.toString('base64')}`);
}
