import { expect } from 'vitest';
import type { World } from '../world.ts';

export type Query = Readonly<Record<string, string>>;

export interface Summary {
  readonly itemId: string;
  readonly title: string;
  readonly price: { readonly value: string; readonly currency: string };
  readonly shippingOptions: readonly { readonly shippingCost?: { readonly value: string } }[];
  readonly conditionId?: string;
  readonly buyingOptions: readonly string[];
  readonly leafCategoryIds: readonly string[];
  readonly seller: { readonly username: string };
  readonly itemLocation: { readonly country: string };
  readonly itemCreationDate: string;
}

export const MUGS = { q: 'mug', category_ids: '20695' };
export const SHIRTS = { category_ids: '15687' };

/** The header that names the site of a search. */
export const on = (marketplace: string): Query => ({ 'X-EBAY-C-MARKETPLACE-ID': marketplace });

/** Searches of one world by plain HTTP: the whole answer, its listings, the refusal's number, the warnings' numbers. */
export function searches(world: () => World) {
  const search = (query: Query, headers: Query = {}) =>
    world().call('GET', `/buy/browse/v1/item_summary/search?${new URLSearchParams(query).toString()}`, undefined, headers);
  const bodyOf = async (query: Query, headers: Query = {}) => (await search(query, headers)).body;
  const found = async (query: Query, headers: Query = {}): Promise<readonly Summary[]> =>
    (await bodyOf({ limit: '200', ...query }, headers)).itemSummaries ?? [];
  const refusal = async (query: Query, headers: Query = {}) => {
    const { status, body } = await search(query, headers);
    return [status, body.errors?.[0].errorId];
  };
  const warnings = async (query: Query, headers: Query = {}) => {
    const { status, body } = await search(query, headers);
    expect(body).not.toHaveProperty('errors');
    return [status, (body.warnings ?? []).map((one: { errorId: number }) => one.errorId)];
  };
  return { bodyOf, found, refusal, warnings };
}
