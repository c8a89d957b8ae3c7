import type { Reason } from '../core/errors.ts';
import type { Environment, MarketplaceId } from '../core/settings.ts';
import { counted } from './amounts.ts';
import { draftPlaces } from './draft-csv.ts';
import { clean } from './text.ts';
import type { TextStyle } from './text-style.ts';

export interface LeftOut {
  readonly item: string;
  readonly source: string;
  readonly reason: Reason;
}

/** What `export --format ebay-drafts` wrote. */
export interface DraftsView {
  readonly marketplace: MarketplaceId;
  readonly environment: Environment;
  readonly host: string;
  readonly drafts: number;
  /** How many of these easyflip would not have listed without a person. */
  readonly held: number;
  readonly withPictures: number;
  readonly leftOut: readonly LeftOut[];
  readonly files: readonly { readonly file: string; readonly drafts: number }[];
}

const SHOWN = 20;

/** What was written, what a draft lacks, and what comes next. Ends with a line break. */
export function renderDrafts(view: DraftsView, { commandSuffix = '' }: TextStyle): string {
  const { host, environment, drafts, held, withPictures, leftOut, files } = view;
  const places = draftPlaces(host);
  const lines = [
    ...files.map((one) => `${counted(one.drafts, 'draft')} in ${clean(one.file)}`),
    ...(drafts === 0 ? ['No item can become a draft.'] : []),
    ...leftOut.slice(0, SHOWN).map(({ item, reason }) => `Left out: ${item}: ${clean(reason.message)} ${clean(reason.hint)}`),
    ...(leftOut.length > SHOWN ? [`… and ${leftOut.length - SHOWN} more; --json names all.`] : []),
  ];
  if (drafts === 0) return `${lines.join('\n')}\n`;
  const facts = [
    held > 0 &&
      `${counted(held, 'draft')} ${held === 1 ? 'is of an item' : 'are of items'} that easyflip holds for you: see why with \`easyflip status${commandSuffix}\`.`,
    environment !== 'production' &&
      `The categories are those of the ${environment} marketplace: compare each with eBay's own before you finish a draft.`,
  ].filter((fact) => fact !== false);
  const steps = [
    'A draft is less than a listing of easyflip: eBay’s template has no place for item specifics, condition notes, EAN and ISBN,',
    'parcel, best offer and policies. Give them in Seller Hub.',
    withPictures === 0
      ? 'No photo goes with it: add them to each draft by hand.'
      : `${withPictures} of ${drafts} come with their photos; add the others by hand.`,
    'What you finish by hand is a listing of eBay’s own: you may edit it in eBay’s app, and easyflip can neither update, withdraw nor sync it.',
    `Upload as it is, without opening it in a spreadsheet: ${places.uploadUrl}`,
    `Finish the drafts: ${places.draftsUrl}`,
    `Then keep easyflip from listing them as well: \`easyflip skip ITEM${commandSuffix}\`, or "skip" as their decision in \`export\` and \`import\`.`,
  ];
  return `${[...lines, '', ...facts, ...steps].join('\n')}\n`;
}

/** One line in the published form. */
export const draftsJson = ({ host, ...view }: DraftsView): Record<string, unknown> => ({
  type: 'export.drafts',
  ...view,
  ...draftPlaces(host),
});
