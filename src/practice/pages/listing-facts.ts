import { findLeaf } from '../commerce/catalogue.ts';
import { type Market, SELLER } from '../ground/market.ts';
import { CONDITION_IDS } from '../sell/item-types.ts';
import type { ListingContent } from '../sell/listings.ts';
import type { ShownRow } from './listing-rows.ts';
import { moment, plainMoney } from './page-layout.ts';

/** A name and a value, neither escaped yet. */
export type Fact = readonly [string, string];

interface Amount {
  readonly value?: string;
  readonly currency?: string;
}

/** Of an offer (Inventory document), what a buyer sees. */
interface OfferFacts {
  readonly format?: string;
  readonly marketplaceId?: string;
  readonly merchantLocationKey?: string;
  readonly quantityLimitPerBuyer?: number;
  readonly lotSize?: number;
  readonly storeCategoryNames?: readonly string[];
  readonly listingPolicies?: {
    readonly fulfillmentPolicyId?: string;
    readonly paymentPolicyId?: string;
    readonly returnPolicyId?: string;
    readonly bestOfferTerms?: { readonly bestOfferEnabled?: boolean };
  };
  readonly regulatory?: {
    readonly manufacturer?: { readonly companyName?: string };
    readonly responsiblePersons?: readonly { readonly companyName?: string }[];
  };
}

interface PolicyFacts {
  readonly name?: string;
  readonly description?: string;
  readonly handlingTime?: { readonly value?: number; readonly unit?: string };
  readonly shippingOptions?: readonly {
    readonly shippingServices?: readonly {
      readonly shippingServiceCode?: string;
      readonly shippingCost?: Amount;
      readonly freeShipping?: boolean;
    }[];
  }[];
  readonly returnsAccepted?: boolean;
  readonly returnPeriod?: { readonly value?: number; readonly unit?: string };
  readonly returnShippingCostPayer?: string;
}

/** Everything about a listing that is not its pictures, specifics and words. Offer, item and policies are shown as they stand now. */
export interface ListingFacts {
  readonly subtitle: string | undefined;
  readonly isAuction: boolean;
  readonly bestOffer: boolean;
  readonly categoryPath: readonly string[];
  readonly buying: readonly Fact[];
  readonly delivery: readonly Fact[];
  readonly numbers: readonly Fact[];
}

export function listingFacts(market: Market, row: ShownRow, content: ListingContent): ListingFacts {
  const offer: OfferFacts = body(market, 'SELECT body FROM offers WHERE id = ?', row.offer_id) ?? {};
  const item: ItemFacts = body(market, 'SELECT body FROM items WHERE sku = ?', row.sku) ?? {};
  const leaf = findLeaf(content.categoryId);
  return {
    subtitle: item.product?.subtitle,
    isAuction: offer.format === 'AUCTION',
    bestOffer: offer.listingPolicies?.bestOfferTerms?.bestOfferEnabled === true,
    categoryPath: leaf === undefined ? [content.categoryId] : [...leaf.ancestors.toReversed(), leaf].map((node) => node.name),
    buying: given([
      ['Condition', conditionWords(content)],
      ['Condition description', content.conditionNote],
      ...descriptors(item, content),
      ['Available', row.status === 'ENDED' ? undefined : String(row.quantity)],
      ['Sold', row.sold > 0 ? String(row.sold) : undefined],
      ['Limit per buyer', offer.quantityLimitPerBuyer?.toString()],
      ['Pieces in the lot', offer.lotSize?.toString()],
    ]),
    delivery: given([
      ['Shipping', shipping(policy(market, offer.listingPolicies?.fulfillmentPolicyId))],
      ['Item location', location(market, offer.merchantLocationKey)],
      ['Returns', returns(policy(market, offer.listingPolicies?.returnPolicyId))],
      ['Payments', policy(market, offer.listingPolicies?.paymentPolicyId)?.name],
      ['Package', parcel(item)],
      ['Manufacturer', offer.regulatory?.manufacturer?.companyName],
      ['Responsible in the EU', offer.regulatory?.responsiblePersons?.map((one) => one.companyName).join(', ')],
    ]),
    numbers: given([
      ['Seller', SELLER],
      ['Item number', row.id],
      ['SKU', row.sku],
      ['Site', offer.marketplaceId],
      ['Shop category', offer.storeCategoryNames?.join(', ')],
      [row.started_at > market.now() ? 'Starts' : 'Listed', moment(row.started_at)],
      ['Ended', row.ended_at === null ? undefined : moment(row.ended_at)],
    ]),
  };
}

interface ItemFacts {
  readonly product?: { readonly subtitle?: string };
  readonly conditionDescriptors?: readonly {
    readonly name?: string;
    readonly values?: readonly string[];
    readonly additionalInfo?: string;
  }[];
  readonly packageWeightAndSize?: {
    readonly weight?: { readonly value?: number; readonly unit?: string };
    readonly dimensions?: { readonly length?: number; readonly width?: number; readonly height?: number; readonly unit?: string };
  };
}

function body<T>(market: Market, sql: string, key: string): T | undefined {
  const row = market.state.get<{ body: string }>(sql, key);
  return row === undefined ? undefined : (JSON.parse(row.body) as T);
}

function policy(market: Market, id: string | undefined): PolicyFacts | undefined {
  return id === undefined ? undefined : body(market, 'SELECT body FROM policies WHERE id = ?', id);
}

function given(facts: readonly (readonly [string, string | undefined])[]): readonly Fact[] {
  return facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const]));
}

function conditionWords(content: ListingContent): string | undefined {
  const id = CONDITION_IDS[content.condition ?? ''];
  return findLeaf(content.categoryId)?.conditions.find((one) => one.id === id)?.name ?? content.condition;
}

/** Numbers become the names that the category's condition has for them. */
function descriptors(item: ItemFacts, content: ListingContent): readonly Fact[] {
  const condition = findLeaf(content.categoryId)?.conditions.find((one) => one.id === CONDITION_IDS[content.condition ?? '']);
  const known = [...(condition?.requiredDescriptors ?? []), ...(condition?.optionalDescriptors ?? [])];
  return (item.conditionDescriptors ?? []).map(({ name = '', values = [], additionalInfo }) => {
    const said = [...values, ...(additionalInfo === undefined ? [] : [additionalInfo])].join(', ');
    return [known.find((one) => one.id === name)?.name ?? `Condition detail ${name}`, said];
  });
}

function shipping(one: PolicyFacts | undefined): string | undefined {
  const service = one?.shippingOptions?.[0]?.shippingServices?.[0];
  const { value, currency } = service?.shippingCost ?? {};
  const cost =
    service?.freeShipping === true ? 'Free' : value === undefined || currency === undefined ? undefined : plainMoney({ value, currency });
  const days = one?.handlingTime?.value;
  const handling = days === undefined ? undefined : `sent within ${days} business ${days === 1 ? 'day' : 'days'}`;
  return joined([
    [cost, service?.shippingServiceCode?.replace(/([A-Za-z])(?=[A-Z][a-z])/g, '$1 ')].filter(Boolean).join(' '),
    handling,
    named(one),
  ]);
}

function returns(one: PolicyFacts | undefined): string | undefined {
  if (one === undefined) return undefined;
  const period = one.returnPeriod?.value;
  const terms = one.returnsAccepted === true ? `${period ?? 'some'} days` : 'Not accepted';
  const payer = one.returnShippingCostPayer;
  return joined([terms, payer === undefined ? undefined : `${payer.toLowerCase()} pays for the way back`, named(one)]);
}

/** The policy's own name, as the seller knows it. */
function named(one: PolicyFacts | undefined): string | undefined {
  return one?.name === undefined ? undefined : `policy “${one.name}”`;
}

function location(market: Market, key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  interface Place {
    readonly location?: { readonly address?: { readonly city?: string; readonly stateOrProvince?: string; readonly country?: string } };
  }
  const { city, stateOrProvince, country } = body<Place>(market, 'SELECT body FROM locations WHERE key = ?', key)?.location?.address ?? {};
  return joined([city, stateOrProvince, country === undefined ? undefined : countryName(country)]);
}

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code) : code;
}

function parcel({ packageWeightAndSize: size }: ItemFacts): string | undefined {
  const { weight, dimensions } = size ?? {};
  const sides = [dimensions?.length, dimensions?.width, dimensions?.height].filter((side) => side !== undefined);
  return joined([
    weight?.value === undefined ? undefined : `${weight.value} ${(weight.unit ?? '').toLowerCase()}`,
    sides.length === 3 ? `${sides.join(' × ')} ${(dimensions?.unit ?? '').toLowerCase()}` : undefined,
  ]);
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join(', ');
}
