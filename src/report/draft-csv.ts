import { defuse } from '../core/formula.ts';
import type { MarketplaceId } from '../core/settings.ts';

/**
 * eBay's template "Create new drafts" (Seller Hub, Reports, Upload), version 0.0.2: four lines of eBay's own, the names of
 * eleven columns, then the drafts. The forms of the US, British, Australian and German templates were compared in several
 * public programs each (2026-11), the Canadian in one; nobody of this project has uploaded a file yet. Only Action and
 * Category ID are required.
 */
const COLUMNS = [
  'Custom label (SKU)',
  'Category ID',
  'Title',
  'UPC',
  'Price',
  'Quantity',
  'Item photo URL',
  'Condition ID',
  'Description',
  'Format',
] as const;
type Column = (typeof COLUMNS)[number];

/** One draft, by eBay's own column names; what is absent stays empty. */
export type DraftRow = Readonly<Partial<Record<Column, string>>>;

/** eBay: titles and custom labels are no longer than this. */
export const DRAFT_TITLE_MAX = 80;
export const DRAFT_SKU_MAX = 50;

/**
 * Bounds of one file. eBay tells no number of rows in what could be read (2026-11): these are this program's own, small
 * enough that a refused file is soon found and mended.
 */
export const DRAFT_ROWS_MAX = 500;
const DRAFT_BYTES_MAX = 5_000_000;

interface Template {
  readonly name: string;
  readonly action: string;
  readonly delimiter: ',' | ';';
  readonly info: readonly (readonly string[])[];
}

const CATEGORIES = 'https://pages.ebay.com/sellerinformation/news/categorychanges.html';

const english = (name: string, site: string, host: string): Template => ({
  name,
  action: `Action(SiteID=${site}|Version=1193|CC=UTF-8)`,
  delimiter: ',',
  info: [
    [
      `#INFO Action and Category ID are required fields. 1) Set Action to Draft 2) Please find the category ID for your listings here: ${CATEGORIES}`,
    ],
    [
      `#INFO After you've successfully uploaded your draft from the Seller Hub Reports tab, complete your drafts to active listings here: https://www.${host}/sh/lst/drafts`,
    ],
  ],
});

const TEMPLATES: Readonly<Record<MarketplaceId, Template>> = {
  EBAY_US: english('US', 'US|Country=US|Currency=USD', 'ebay.com'),
  EBAY_GB: english('GB', 'UK|Country=GB|Currency=GBP', 'ebay.co.uk'),
  EBAY_AU: english('AU', 'Australia|Country=AU|Currency=AUD', 'ebay.com.au'),
  EBAY_CA: english('ENCA', 'Canada|Country=CA|Currency=CAD', 'ebay.ca'),
  EBAY_DE: {
    name: 'DE',
    action: 'Action(SiteID=Germany|Country=DE|Currency=EUR|Version=1193|CC=UTF-8)',
    delimiter: ';',
    info: [
      [
        `#INFO Action und Category ID sind erforderliche Felder. 1) Stellen Sie Action auf Draft ein. 2) Die Kategorie-ID für Ihre Angebote finden Sie hier: ${CATEGORIES}`,
      ],
      // eBay's own sentence holds a semicolon, which its file does not quote: two cells.
      [
        '#INFO Nachdem Sie Ihren Entwurf erfolgreich im Berichte-Tab Ihres Verkäufer-Cockpit Pro heruntergeladen haben',
        ' können Sie die Entwürfe hier zu aktiven Angeboten vervollständigen: https://www.ebay.de/sh/lst/drafts',
      ],
    ],
  },
};

/** Where the file goes, and where the drafts are then. */
export const draftPlaces = (host: string): { readonly uploadUrl: string; readonly draftsUrl: string } => ({
  uploadUrl: `https://www.${host}/sh/reports/uploads`,
  draftsUrl: `https://www.${host}/sh/lst/drafts`,
});

/**
 * A spreadsheet would run it, and eBay would show whatever is put before it: such a text is refused, not changed. A
 * description is HTML and begins with `<`.
 */
export const isFormula = (text: string): boolean => defuse(text) !== text;

/**
 * The drafts as the files that eBay takes, each with at most `rows` drafts. UTF-8 without a byte order mark, because the
 * file must begin with `#INFO`; CRLF; no cell holds a line break.
 */
export async function draftFiles(
  drafts: readonly DraftRow[],
  site: MarketplaceId,
  rows = DRAFT_ROWS_MAX,
): Promise<readonly { readonly text: string; readonly drafts: number }[]> {
  const { stringify } = await import('csv-stringify/sync');
  const { name, action, delimiter, info } = TEMPLATES[site];
  const lines = (records: readonly (readonly string[])[]): string =>
    stringify(
      records.map((record) => Array.from({ length: COLUMNS.length + 1 }, (_, at) => record[at] ?? '')),
      { delimiter, record_delimiter: 'windows' },
    );
  const head = lines([
    ['#INFO', 'Version=0.0.2', `Template= eBay-draft-listings-template_${name}`],
    ...info,
    ['#INFO'],
    [action, ...COLUMNS],
  ]);
  const files: { text: string; drafts: number }[] = [];
  let bytes = 0;
  for (const draft of drafts) {
    const line = lines([['Draft', ...COLUMNS.map((column) => oneLine(draft[column] ?? ''))]]);
    const size = Buffer.byteLength(line);
    const last = files.at(-1);
    if (!last || last.drafts >= rows || bytes + size > DRAFT_BYTES_MAX) {
      files.push({ text: head + line, drafts: 1 });
      bytes = Buffer.byteLength(head) + size;
    } else {
      last.text += line;
      last.drafts += 1;
      bytes += size;
    }
  }
  return files;
}

/** In HTML a break is a space; elsewhere a draft has none. */
const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
