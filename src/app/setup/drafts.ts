import { decimalText, parseMoney } from '../../core/money.ts';
import type { LocationDraft, PolicyDraft, PolicyKind } from '../../core/ports/index.ts';
import type { Site } from '../../core/site.ts';
import { type Answers, text } from './questions.ts';

const whole =
  (least: number, most: number) =>
  (value: string): string | undefined =>
    /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `a whole number from ${least} to ${most} is wanted.`;

/** What a new policy says, asked for piece by piece. */
export async function draftPolicy(kind: PolicyKind, answers: Answers, site: Site, usualService: string): Promise<PolicyDraft> {
  switch (kind) {
    case 'payment':
      return { kind, name: 'easyflip payment' };
    case 'return': {
      const days = Number(await text(answers, 'return-days', '30', returnDays));
      const paidBy = days === 0 ? 'buyer' : await text(answers, 'return-paid-by', 'buyer', payer);
      return { kind, name: `easyflip returns ${days}`, days: days === 0 ? null : days, paidBy: paidBy === 'seller' ? 'SELLER' : 'BUYER' };
    }
    case 'fulfillment': {
      const handlingDays = Number(await text(answers, 'handling-days', '2', whole(0, 30)));
      const service = await text(answers, 'shipping-service', usualService, serviceCode);
      // No usual value: what it costs is the seller's money, and free shipping must be their word.
      const cost = await text(answers, 'shipping-cost', undefined, (value) =>
        parseMoney(value, site.currency) ? undefined : `an amount in ${site.currency} is wanted, such as 5.99.`,
      );
      const money = parseMoney(cost, site.currency) ?? { minor: 0, currency: site.currency };
      return {
        kind,
        name: `easyflip shipping ${service} ${money.minor === 0 ? 'free' : decimalText(money)}`.slice(0, 64),
        handlingDays,
        service,
        cost: money,
      };
    }
  }
}

/** Account API, returnPeriod: 30 or 60 days on all sites; 14 where the law of the site's country knows it. */
const returnDays = (value: string): string | undefined =>
  ['0', '14', '30', '60'].includes(value) ? undefined : '0, 14, 30 or 60 is wanted.';

const payer = (value: string): string | undefined => (value === 'buyer' || value === 'seller' ? undefined : 'buyer or seller is wanted.');

const serviceCode = (value: string): string | undefined =>
  /^[A-Za-z0-9_]{3,60}$/.test(value) ? undefined : 'a code of eBay is wanted, such as USPSPriority.';

/** Where things ship from: country and postal code are enough (Inventory API, createInventoryLocation). */
export async function draftLocation(answers: Answers, site: Site): Promise<LocationDraft> {
  const country = (
    await text(answers, 'country', site.country, (value) =>
      /^[A-Za-z]{2}$/.test(value) ? undefined : 'two letters are wanted, such as US.',
    )
  ).toUpperCase();
  const postalCode = await text(answers, 'postal-code', undefined, (value) =>
    /^[A-Za-z0-9][A-Za-z0-9 -]{1,14}$/.test(value) ? undefined : 'a postal code is wanted.',
  );
  return { key: `easyflip-${country.toLowerCase()}`, name: `easyflip ${country} ${postalCode}`, country, postalCode };
}
