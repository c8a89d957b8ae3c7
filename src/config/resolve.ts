import { parseWindow } from '../core/daily-window.ts';
import type { FeeTable } from '../core/fees.ts';
import type { Currency, Money } from '../core/money.ts';
import { parseMoney } from '../core/money.ts';
import { parsePace } from '../core/pace.ts';
import type { DescriptionTemplate, Settings } from '../core/settings.ts';
import { SITES } from '../core/site.ts';
import { restrictedWordsWith } from './restricted-words.ts';
import { regulatoryOf } from './sections/regulatory.ts';
import type { FileSettings } from './shape.ts';

/** The file's form (amounts as text) becomes the program's form. The input has passed the shape: nothing can fail. */
export function resolve(
  { $schema: _schema, pricing, fees, listing, accounts, check, limits, target, ...rest }: FileSettings,
  template: DescriptionTemplate | null,
): Settings {
  const currency = SITES[rest.marketplace].currency;
  const money = (text: string): Money => moneyOf(text, currency);
  return {
    ...rest,
    limits: {
      ...limits,
      window: limits.window === null ? null : (parseWindow(limits.window) ?? null),
      pace: limits.pace === null ? null : (parsePace(limits.pace) ?? null),
    },
    listing: {
      ...listing,
      ...accountIds(accounts[rest.environment]?.[rest.marketplace]),
      descriptionTemplate: template,
      regulatory: regulatoryOf(listing.regulatory),
    },
    check: { restrictedWords: restrictedWordsWith(check.restrictedWords) },
    pricing: {
      ...pricing,
      undercut: { ...pricing.undercut, amount: money(pricing.undercut.amount) },
      shippingCost: money(pricing.shippingCost),
      shippingCharged: money(pricing.shippingCharged),
      minimumProfit: money(pricing.minimumProfit),
      minimumPrice: money(pricing.minimumPrice),
    },
    target: { ...target, monthly: money(target.monthly) },
    fees: feeTable(fees[rest.marketplace], money),
  };
}

type AccountIds = NonNullable<NonNullable<FileSettings['accounts']['practice']>['EBAY_US']>;

/** An id that is null or absent leaves that of `listing` in force. */
const accountIds = (ids: AccountIds | undefined): Partial<Record<keyof AccountIds, string>> =>
  Object.fromEntries(Object.entries(ids ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

function feeTable(table: FileSettings['fees'][keyof FileSettings['fees']], money: (text: string) => Money): FeeTable {
  const limit = (text: string | null): Money | null => (text === null ? null : money(text));
  return {
    ...table,
    groups: table.groups.map((group) => ({
      ...group,
      portions: group.portions.map(({ upTo, percent }) => ({ upTo: limit(upTo), percent })),
    })),
    perOrder: table.perOrder.map(({ upTo, fee }) => ({ upTo: limit(upTo), fee: money(fee) })),
  };
}

function moneyOf(text: string, currency: Currency): Money {
  const parsed = parseMoney(text, currency);
  if (!parsed) throw new TypeError(`the shape let an amount through that is none: ${text}`);
  return parsed;
}
