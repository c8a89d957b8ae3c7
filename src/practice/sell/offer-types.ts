import { KNOWN_MARKETPLACES } from '../ground/market.ts';
import type { Shape } from '../wire/shape.ts';

export interface Amount {
  readonly value?: string;
  readonly currency?: string;
}

/** A manufacturer, or a person who answers for the goods in the EU. */
export interface Contact {
  readonly companyName?: string;
  readonly addressLine1?: string;
  readonly addressLine2?: string;
  readonly city?: string;
  readonly stateOrProvince?: string;
  readonly postalCode?: string;
  readonly country?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly contactUrl?: string;
}

export interface Regulatory {
  readonly manufacturer?: Contact;
  readonly responsiblePersons?: readonly (Contact & { readonly types?: readonly string[] })[];
  readonly documents?: readonly { readonly documentId?: string }[];
  readonly hazmat?: { readonly statements?: readonly string[] };
  readonly productSafety?: { readonly statements?: readonly string[]; readonly pictograms?: readonly string[] };
  readonly energyEfficiencyLabel?: {
    readonly imageURL?: string;
    readonly imageDescription?: string;
    readonly productInformationSheet?: string;
  };
  readonly repairScore?: number;
}

export interface OfferBody {
  readonly sku?: string;
  readonly marketplaceId?: string;
  readonly format?: string;
  readonly availableQuantity?: number;
  readonly categoryId?: string;
  readonly secondaryCategoryId?: string;
  readonly listingDescription?: string;
  readonly listingDuration?: string;
  readonly listingStartDate?: string;
  readonly listingPolicies?: {
    readonly fulfillmentPolicyId?: string;
    readonly paymentPolicyId?: string;
    readonly returnPolicyId?: string;
    readonly bestOfferTerms?: {
      readonly bestOfferEnabled?: boolean;
      readonly autoAcceptPrice?: Amount;
      readonly autoDeclinePrice?: Amount;
    };
    readonly eBayPlusIfEligible?: boolean;
    readonly productCompliancePolicyIds?: readonly string[];
    readonly takeBackPolicyId?: string;
  };
  readonly merchantLocationKey?: string;
  readonly pricingSummary?: {
    readonly price?: Amount;
    readonly auctionStartPrice?: Amount;
    readonly auctionReservePrice?: Amount;
    readonly minimumAdvertisedPrice?: Amount;
    readonly originalRetailPrice?: Amount;
  };
  readonly includeCatalogProductDetails?: boolean;
  readonly lotSize?: number;
  readonly quantityLimitPerBuyer?: number;
  readonly regulatory?: Regulatory;
  readonly storeCategoryNames?: readonly string[];
  readonly tax?: { readonly vatPercentage?: number };
}

const strings: Shape = { listOf: 'string' };
/** Amount of the Inventory document: the value is a string. */
export const amount: Shape = { fields: { value: 'string', currency: 'string' } };
const CONTACT = {
  companyName: 'string',
  addressLine1: 'string',
  addressLine2: 'string',
  city: 'string',
  stateOrProvince: 'string',
  postalCode: 'string',
  country: 'string',
  email: 'string',
  phone: 'string',
  contactUrl: 'string',
} as const satisfies Readonly<Record<keyof Contact, Shape>>;
/** The Inventory document writes the first, eBay's page of the enumeration the second. */
const PERSON_TYPES: Shape = { listOf: { words: ['EUResponsiblePerson', 'EU_RESPONSIBLE_PERSON'] } };
const countryPolicies: Shape = { fields: { countryPolicies: { listOf: { fields: { country: 'string', policyIds: strings } } } } };

const REGULATORY_SHAPE: Shape = {
  fields: {
    manufacturer: { fields: CONTACT },
    responsiblePersons: { listOf: { fields: { ...CONTACT, types: PERSON_TYPES } } },
    documents: { listOf: { fields: { documentId: 'string' } } },
    hazmat: { fields: { component: 'string', pictograms: strings, signalWord: 'string', statements: strings } },
    productSafety: { fields: { component: 'string', pictograms: strings, statements: strings } },
    energyEfficiencyLabel: { fields: { imageURL: 'string', imageDescription: 'string', productInformationSheet: 'string' } },
    repairScore: 'number',
  },
};

/** EbayOfferDetailsWithKeys of the Inventory document. */
export const OFFER_SHAPE: Shape = {
  fields: {
    sku: 'string',
    marketplaceId: { words: KNOWN_MARKETPLACES },
    format: { words: ['FIXED_PRICE', 'AUCTION'] },
    availableQuantity: 'integer',
    categoryId: 'string',
    secondaryCategoryId: 'string',
    charity: { fields: { charityId: 'string', donationPercentage: 'string' } },
    extendedProducerResponsibility: { fields: { ecoParticipationFee: amount } },
    hideBuyerDetails: 'boolean',
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
        eBayPlusIfEligible: 'boolean',
        productCompliancePolicyIds: strings,
        regionalProductCompliancePolicies: countryPolicies,
        regionalTakeBackPolicies: countryPolicies,
        shippingCostOverrides: {
          listOf: {
            fields: {
              additionalShippingCost: amount,
              priority: 'integer',
              shippingCost: amount,
              shippingServiceType: { words: ['DOMESTIC', 'INTERNATIONAL'] },
              surcharge: amount,
            },
          },
        },
        takeBackPolicyId: 'string',
      },
    },
    pricingSummary: {
      fields: {
        price: amount,
        auctionStartPrice: amount,
        auctionReservePrice: amount,
        minimumAdvertisedPrice: amount,
        originallySoldForRetailPriceOn: { words: ['ON_EBAY', 'OFF_EBAY', 'ON_AND_OFF_EBAY'] },
        originalRetailPrice: amount,
        pricingVisibility: { words: ['NONE', 'PRE_CHECKOUT', 'DURING_CHECKOUT'] },
      },
    },
    regulatory: REGULATORY_SHAPE,
    storeCategoryNames: strings,
    tax: { fields: { applyTax: 'boolean', vatPercentage: 'number', thirdPartyTaxCategory: 'string' } },
  },
};
