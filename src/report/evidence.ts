import type { Evidence, Fact } from '../core/facts.ts';
import type { PriceBasis } from '../core/listing.ts';
import { moneyLabel } from '../core/money.ts';
import { counted } from './amounts.ts';
import { clean } from './text.ts';

/** What a price rests on, in a few words. */
export function basisText(basis: PriceBasis): string {
  if (basis.kind === 'seller') return 'set by you';
  if (basis.kind === 'margin') return `${basis.percent} % over the cost of ${moneyLabel(basis.cost)}`;
  const { count, low, median, high, query, withShipping, askedAt } = basis;
  const asked = `from ${counted(count, 'asking price')}${withShipping ? ' with shipping' : ''} for "${query}" on ${askedAt.slice(0, 10)}`;
  return `${asked}: ${moneyLabel(low)} to ${moneyLabel(high)}, median ${moneyLabel(median)}`;
}

export const evidenceText = ({ evidence }: Fact): string => (evidence.length === 0 ? 'no evidence' : evidence.map(pieceText).join('; '));

/** One piece of evidence, for people: safe on a terminal, not yet for HTML. */
export function pieceText(piece: Evidence): string {
  switch (piece.from) {
    case 'seller':
      return `you said so (${clean(piece.field)})`;
    case 'label':
      return `label on photo ${piece.photo}: "${clean(piece.text)}"`;
    case 'barcode':
      return `barcode on photo ${piece.photo}: ${clean(piece.code)}`;
    case 'picture':
      return `seen on photo ${piece.photo}: ${clean(piece.note)}`;
    case 'folder-name':
      return `folder name "${clean(piece.text)}"`;
    case 'catalogue':
      return `eBay catalogue ${clean(piece.epid)}`;
  }
}
