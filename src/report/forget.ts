import type { StoredItem } from '../core/ports/index.ts';
import { counted } from './amounts.ts';
import { clean } from './text.ts';

export const forgetJson = (items: readonly StoredItem[], dryRun: boolean): Record<string, unknown> => ({
  type: 'forget.finished',
  dryRun,
  items: items.map(({ item: { id, sku, source } }) => ({ id, sku, source })),
});

export function renderForgotten(items: readonly StoredItem[], dryRun: boolean): string {
  const lines = items.map(({ item: { id, source } }) => `${dryRun ? 'would forget' : 'forgotten'}  ${id}  ${clean(source)}`);
  return `${[...lines, `${counted(items.length, 'item')}${dryRun ? ', nothing was changed' : ' forgotten; the photos are where they were'}`].join('\n')}\n`;
}
