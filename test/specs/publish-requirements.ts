import { type Exchange, parsed } from './exchange.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Follows what a client has sent and says, at each publish, which of the fields of CONTRACTS.md 2.1 ("Required fields
 * for publishing an offer") are not there. It knows only the wire: no store of the server or the client.
 */
export class PublishRequirements {
  readonly #items = new Map<string, Json>();
  readonly #offers = new Map<string, Json>();
  /** How many publishes were looked at: a check that never looked proves nothing. */
  looked = 0;

  problems(exchange: Exchange): readonly string[] {
    if (exchange.status >= 400) return [];
    const path = (exchange.path.split('?')[0] ?? '').replace('/sell/inventory/v1/', '');
    const sent = (parsed(exchange.requestBody) ?? {}) as Json;
    const answer = (parsed(exchange.answerBody) ?? {}) as Json;
    const call = `${exchange.method} ${path}`;
    const item = /^PUT inventory_item\/([^/]+)$/.exec(call)?.[1];
    if (item !== undefined) this.#items.set(decodeURIComponent(item), sent);
    if (call === 'POST bulk_create_or_replace_inventory_item') for (const one of list(sent.requests)) this.#items.set(String(one.sku), one);
    if (call === 'POST offer') this.#offers.set(String(answer.offerId), sent);
    if (call === 'POST bulk_create_offer') this.#bulkOffers(list(sent.requests), list(answer.responses));
    const updated = /^PUT offer\/([^/]+)$/.exec(call)?.[1];
    if (updated !== undefined) this.#offers.set(updated, { sku: this.#offers.get(updated)?.sku, ...sent });
    const published = /^POST offer\/([^/]+)\/publish$/.exec(call)?.[1];
    if (published !== undefined) return this.#missing(published);
    if (call === 'POST bulk_publish_offer') return list(sent.requests).flatMap((one) => this.#missing(String(one.offerId)));
    return [];
  }

  #bulkOffers(requests: readonly Json[], responses: readonly Json[]): void {
    for (const { sku, offerId } of responses) {
      const request = requests.find((one) => one.sku === sku);
      if (request !== undefined && offerId !== undefined) this.#offers.set(String(offerId), request);
    }
  }

  #missing(offerId: string): readonly string[] {
    this.looked += 1;
    const offer = this.#offers.get(offerId);
    if (offer === undefined) return [];
    const item = this.#items.get(String(offer.sku)) ?? {};
    const needed: Readonly<Record<string, unknown>> = {
      'item availability.shipToLocationAvailability.quantity': at(item, 'availability', 'shipToLocationAvailability', 'quantity'),
      'item condition': at(item, 'condition'),
      'item product.title': at(item, 'product', 'title'),
      'item product.aspects': at(item, 'product', 'aspects'),
      'item product.imageUrls': at(item, 'product', 'imageUrls', '0'),
      description: at(offer, 'listingDescription') ?? at(item, 'product', 'description'),
      'offer categoryId': at(offer, 'categoryId'),
      'offer listingPolicies.fulfillmentPolicyId': at(offer, 'listingPolicies', 'fulfillmentPolicyId'),
      'offer listingPolicies.paymentPolicyId': at(offer, 'listingPolicies', 'paymentPolicyId'),
      'offer listingPolicies.returnPolicyId': at(offer, 'listingPolicies', 'returnPolicyId'),
      'offer merchantLocationKey': at(offer, 'merchantLocationKey'),
      'offer pricingSummary.price.value': at(offer, 'pricingSummary', 'price', 'value'),
      'offer pricingSummary.price.currency': at(offer, 'pricingSummary', 'price', 'currency'),
      'offer listingDuration': at(offer, 'listingDuration'),
      // Left out it is true, and eBay's catalogue may take the place of the seller's words.
      'offer includeCatalogProductDetails': at(offer, 'includeCatalogProductDetails'),
    };
    return Object.entries(needed)
      .filter(([, value]) => value === undefined || value === '')
      .map(([name]) => `publish of ${String(offer.sku)}: ${name} was never sent`);
  }
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value);
}
