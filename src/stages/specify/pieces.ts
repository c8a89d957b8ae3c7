import type { Reason } from '../../core/errors.ts';
import type { Fact, Facts } from '../../core/facts.ts';
import type { ItemId } from '../../core/item.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';

/** Several things in one listing. */
export interface Pieces {
  readonly count: number;
  /** For the title, and so for the comparables: lots are compared with lots. */
  readonly words: string;
  /** Somebody has to say it: it was seen, and no package or note tells it. */
  readonly doubt?: Reason;
}

const NUMBERS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  dozen: 12,
};

/**
 * How many things the photos offer together. Never eBay's quantity, which is how often the same thing is sold: that
 * is the seller's to say, and where the seller has said it, or a title, nothing is asked. Pure.
 */
export function piecesOf(id: ItemId, { quantity }: Facts, seller: SellerFacts, language: string): Pieces | undefined {
  const count = quantity && countOf(quantity);
  if (!count || count < 2 || seller.quantity !== undefined || seller.title !== undefined) return undefined;
  const words = language === 'de-DE' ? `${count}er Set` : `Lot of ${count}`;
  const proven = quantity.evidence.some(({ from }) => from === 'label' || from === 'seller');
  if (proven) return { count, words };
  return {
    count,
    words,
    doubt: {
      code: 'item.several-pieces',
      message: `The photos seem to offer ${count} things together; the listing is made as one lot of them.`,
      hint: `If it is a lot, run \`easyflip approve ${id}\`; \`--set quantity=${count}\` sells them one by one, \`--set quantity=1\` says that it is one thing.`,
    },
  };
}

function countOf({ value }: Fact): number | undefined {
  if (/\bpair\b/i.test(value)) return undefined;
  const digits = /\d{1,3}/.exec(value)?.[0];
  const word = value
    .toLowerCase()
    .split(/\P{L}+/u)
    .map((one) => NUMBERS[one])
    .find((one) => one !== undefined);
  return digits ? Number(digits) : word;
}
