import { KNOWN_MARKETPLACES } from '../ground/market.ts';
import type { Shape } from '../wire/shape.ts';

export interface Amount {
  readonly value?: string;
  readonly currency?: string;
}

export interface OfferBody {
  readonly sku?: string;
  readonly marketplaceId?: string;
  readonly format?: string;
  readonly availableQuantity?: number;
  readonly categoryId?: string;
  readonly listingDescription?: string;
  readonly listingDuration?: string;
  readonly listingStartDate?: string;
  readonly listingPolicies?: { readonly fulfillmentPolicyId?: string; readonly paymentPolicyId?: string; readonly returnPolicyId?: string };
  readonly merchantLocationKey?: string;
  readonly pricingSummary?: { readonly price?: Amount; readonly auctionStartPrice?: Amount; readonly auctionReservePrice?: Amount };
  readonly includeCatalogProductDetails?: boolean;
  readonly quantityLimitPerBuyer?: number;
}

const amount: Shape = { fields: { value: 'string', currency: 'string' } };

export const OFFER_SHAPE: Shape = {
  fields: {
    sku: 'string',
    marketplaceId: { words: KNOWN_MARKETPLACES },
    format: { words: ['FIXED_PRICE', 'AUCTION'] },
    availableQuantity: 'integer',
    categoryId: 'string',
    secondaryCategoryId: 'string',
    listingDescription: 'string',
    listingDuration: { words: ['GTC', 'DAYS_1', 'DAYS_3', 'DAYS_5', 'DAYS_7', 'DAYS_10', 'DAYS_21', 'DAYS_30'] },
    listingStartDate: 'string',
    merchantLocationKey: 'string',
    includeCatalogProductDetails: 'boolean',
    quantityLimitPerBuyer: 'integer',
    lotSize: 'integer',
    listingPolicies: {
      fields: {
        fulfillmentPolicyId: 'string',
        paymentPolicyId: 'string',
        returnPolicyId: 'string',
        bestOfferTerms: { fields: { bestOfferEnabled: 'boolean', autoAcceptPrice: amount, autoDeclinePrice: amount } },
        productCompliancePolicyIds: { listOf: 'string' },
      },
    },
    pricingSummary: {
      fields: {
        price: amount,
        auctionStartPrice: amount,
        auctionReservePrice: amount,
        minimumAdvertisedPrice: amount,
        originalRetailPrice: amount,
      },
    },
    storeCategoryNames: { listOf: 'string' },
    tax: { fields: { applyTax: 'boolean', vatPercentage: 'number', thirdPartyTaxCategory: 'string' } },
  },
};
