import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { sha256 } from '../../../src/core/hash.ts';
import { parseMoney } from '../../../src/core/money.ts';
import type { JournalStore } from '../../../src/core/ports/index.ts';
import { startPractice } from '../../../src/practice/server.ts';
import type { MarketplaceWorld } from '../../contract/marketplace.ts';
import { ebay } from './support.ts';

export interface PracticeWorld extends MarketplaceWorld {
  readonly url: string;
  connect(journal?: JournalStore): ReturnType<typeof ebay>;
  faults(...rules: readonly unknown[]): Promise<void>;
  requests(): Promise<readonly { readonly method: string; readonly path: string; readonly status: number }[]>;
}

/** The eBay adapter with its real client against a practice marketplace of its own. */
export async function practiceWorld(): Promise<PracticeWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'easyflip-practice-'));
  const server = await startPractice({ state: join(folder, 'market.sqlite'), port: 0 });
  const control = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(
      `${server.url}/_practice/${path}`,
      body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
    if (!answer.ok) throw new Error(`practice ${path}: ${answer.status} ${await answer.text()}`);
    return await answer.json().catch(() => undefined);
  };
  const requests: PracticeWorld['requests'] = async () => (await control('requests')) as Awaited<ReturnType<PracticeWorld['requests']>>;
  let pictures = 0;
  return {
    url: server.url,
    words: 'mens t-shirt',
    branchCategoryId: '293',
    connect: (journal) => ebay(server.url, journal === undefined ? {} : { journal }),
    picture: async () => {
      pictures += 1;
      const background = { r: pictures % 256, g: (pictures * 7) % 256, b: (pictures * 13) % 256 };
      const bytes = await sharp({ create: { width: 600, height: 600, channels: 3, background } })
        .jpeg()
        .toBuffer();
      const path = join(folder, `picture-${pictures}.jpg`);
      await writeFile(path, bytes);
      return { path, sha256: sha256(bytes) };
    },
    listings: async () => {
      const all = (await control('listings')) as readonly {
        listingId: string;
        sku: string;
        title: string;
        status: string;
        price: { value: string; currency: string };
        pictures: { sha256: string }[];
      }[];
      return all.map(({ listingId, sku, title, status, price, pictures: shown }) => ({
        listingId,
        sku,
        title,
        priceMinor: parseMoney(price.value, price.currency)?.minor ?? -1,
        isLive: status === 'ACTIVE',
        pictures: shown.map((picture) => picture.sha256),
      }));
    },
    uploads: async () =>
      (await requests()).filter(({ path, status }) => path.includes('/image/create_image_from_file') && status === 201).length,
    buy: async (sku) => void (await control('sales', { sku, quantity: 1 })),
    faults: async (...rules) => void (await control('faults', rules)),
    requests,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
