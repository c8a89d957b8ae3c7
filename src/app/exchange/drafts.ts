import type { Reason } from '../../core/errors.ts';
import { deriveState } from '../../core/item-state.ts';
import { parseMoney } from '../../core/money.ts';
import type { ItemState } from '../../core/outcome.ts';
import type { StageOutcome, StoredItem } from '../../core/ports/index.ts';
import { SITES } from '../../core/site.ts';
import { DRAFT_SKU_MAX, DRAFT_TITLE_MAX, type DraftRow, isFormula } from '../../report/draft-csv.ts';
import type { DraftsView, LeftOut } from '../../report/drafts.ts';

import { escapeHtml } from '../../report/listings-style.ts';
import type { Checked } from '../../stages/check.ts';
import type { Classified } from '../../stages/classify.ts';
import type { Specified } from '../../stages/specify.ts';
import type { Uploaded } from '../../stages/upload.ts';
import type { App } from '../app.ts';
import { fieldsOf } from '../edit/fields.ts';
import { stageNames } from '../status.ts';

/** What may become a draft: nothing that is on eBay already, or was. */
export const DRAFT_STATES = ['held', 'failed', 'waiting', 'skipped'] as const satisfies readonly ItemState[];

/**
 * Everything that is not on eBay, as drafts to be finished in Seller Hub; what does not fit eBay's template is left out
 * with the reason, never cut or changed. `states`: only those of `DRAFT_STATES`. Reads the database alone.
 */
export async function exportDrafts(
  { store, settings, clock }: Pick<App, 'store' | 'settings' | 'clock'>,
  states: readonly ItemState[] = ['held', 'failed', 'waiting'],
): Promise<{ readonly drafts: readonly DraftRow[]; readonly view: Omit<DraftsView, 'files'> }> {
  const drafts: DraftRow[] = [];
  const leftOut: LeftOut[] = [];
  let held = 0;
  let withPictures = 0;
  for (const stored of await store.items.all()) {
    const outcomes = await store.outcomes.ofItem(stored.item.id);
    const { state } = deriveState(stored, outcomes, stageNames);
    if (!states.includes(state)) continue;
    const draft = draftOf(stored, outcomes, settings, clock.now());
    const reason = unfit(draft, stored, state);
    if (reason) leftOut.push({ item: stored.item.id, source: stored.item.source, reason });
    else {
      drafts.push(draft);
      if (state === 'held') held += 1;
      if (draft['Item photo URL']) withPictures += 1;
    }
  }
  const { marketplace, environment } = settings;
  return { drafts, view: { marketplace, environment, host: SITES[marketplace].host, drafts: drafts.length, held, withPictures, leftOut } };
}

/** What would go live, as far as eBay's template has a place for it. Pure. */
function draftOf(stored: StoredItem, outcomes: readonly StageOutcome[], settings: App['settings'], now: number): DraftRow {
  const result = <T>(stage: string): Partial<T> | undefined => {
    const outcome = outcomes.find((one) => one.stage === stage);
    return (outcome?.output ?? outcome?.partial) as Partial<T> | undefined;
  };
  const { item, set } = stored;
  const [classified, specified] = [result<Classified>('classify'), result<Specified>('specify')];
  const content = result<Checked>('check')?.content;
  const fields = fieldsOf(stored, outcomes);
  const { currency } = SITES[settings.marketplace];
  const price = parseMoney(fields.get('price')?.value ?? '', currency);
  const category = [fields.get('category')?.value, content?.categoryId, classified?.category?.id].find((id) => /^\d+$/.test(id ?? ''));
  // An edit that came after the stages names a condition whose id only another run finds.
  const condition = content?.condition?.id ?? (set.condition === undefined ? specified?.condition?.id : undefined);
  const upc = content?.identifiers.upc ?? specified?.identifiers?.upc ?? fields.get('gtin')?.value;
  const description = set.description === undefined || content ? (content?.description ?? specified?.description) : undefined;
  const said = description ?? paragraphs(fields.get('description')?.value ?? '');
  const pictures = (result<Uploaded>('upload')?.pictures ?? []).filter(
    ({ url, expiresAt }) => isPublic(url) && (expiresAt === undefined || Date.parse(expiresAt) > now),
  );
  const cells: Record<keyof DraftRow, string | undefined> = {
    'Custom label (SKU)': item.sku,
    'Category ID': category,
    Title: fields.get('title')?.value,
    UPC: /^\d{12}$/.test(upc ?? '') ? upc : undefined,
    Price: price && fields.get('price')?.value,
    Quantity: fields.get('quantity')?.value ?? String(settings.listing.quantity),
    'Item photo URL': pictures.map(({ url }) => url).join('|'),
    'Condition ID': condition,
    Description: said && !said.startsWith('<') ? `<p>${said}</p>` : said,
    Format: 'FixedPrice',
  };
  return Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== undefined && cell !== ''));
}

/** Pictures of the practice marketplace lie on this machine: eBay cannot fetch them. */
const isPublic = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && !/^(localhost|127\.|\[::1\])/.test(hostname);
};

const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => `<p>${escapeHtml(part)}</p>`)
    .join('');

/** Why eBay's template cannot take it; undefined when it can. */
function unfit(draft: DraftRow, { item: { id } }: StoredItem, state: ItemState): Reason | undefined {
  const { Title: title = '', 'Custom label (SKU)': sku = '' } = draft;
  if (!draft['Category ID']) {
    const hint = state === 'waiting' ? 'Run `easyflip resume` first, or' : 'Say it:';
    return {
      code: 'category.unknown',
      message: 'A draft needs a category number, and none is known.',
      hint: `${hint} \`easyflip edit ${id} --set category=ID\`.`,
    };
  }
  if (title.length > DRAFT_TITLE_MAX)
    return {
      code: 'check.failed',
      message: `The title has ${title.length} characters; eBay takes ${DRAFT_TITLE_MAX}.`,
      hint: `Shorten it with \`easyflip edit ${id} --set title=…\`.`,
    };
  if (isFormula(title))
    return {
      code: 'check.failed',
      message: 'The title begins with a sign that a spreadsheet takes for a formula, and eBay would show an apostrophe before it.',
      hint: `Begin it with a word: \`easyflip edit ${id} --set title=…\`.`,
    };
  if (sku.length > DRAFT_SKU_MAX || isFormula(sku))
    return {
      code: 'check.failed',
      message:
        sku.length > DRAFT_SKU_MAX
          ? `The SKU has ${sku.length} characters; eBay takes ${DRAFT_SKU_MAX}.`
          : 'The SKU begins with a sign that a spreadsheet takes for a formula.',
      hint: `Give it another with \`easyflip edit ${id} --set sku=…\`.`,
    };
  return undefined;
}
