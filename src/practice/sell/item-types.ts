import type { Shape } from '../wire/shape.ts';

/** ConditionEnum with its numeric ids (Inventory and Metadata documents). There is no `USED` and no `GOOD`. */
export const CONDITION_IDS: Readonly<Record<string, string>> = {
  NEW: '1000',
  NEW_OTHER: '1500',
  NEW_WITH_DEFECTS: '1750',
  CERTIFIED_REFURBISHED: '2000',
  EXCELLENT_REFURBISHED: '2010',
  VERY_GOOD_REFURBISHED: '2020',
  GOOD_REFURBISHED: '2030',
  SELLER_REFURBISHED: '2500',
  LIKE_NEW: '2750',
  PRE_OWNED_EXCELLENT: '2990',
  USED_EXCELLENT: '3000',
  PRE_OWNED_FAIR: '3010',
  USED_VERY_GOOD: '4000',
  USED_GOOD: '5000',
  USED_ACCEPTABLE: '6000',
  FOR_PARTS_OR_NOT_WORKING: '7000',
};

export interface InventoryItem {
  readonly availability?: { readonly shipToLocationAvailability?: { readonly quantity?: number } };
  readonly condition?: string;
  readonly conditionDescription?: string;
  readonly conditionDescriptors?: readonly {
    readonly name?: string;
    readonly values?: readonly string[];
    readonly additionalInfo?: string;
  }[];
  readonly packageWeightAndSize?: {
    readonly weight?: { readonly value?: number; readonly unit?: string };
    readonly dimensions?: { readonly length?: number; readonly width?: number; readonly height?: number; readonly unit?: string };
    readonly packageType?: string;
  };
  readonly product?: {
    readonly title?: string;
    readonly subtitle?: string;
    readonly description?: string;
    readonly aspects?: Readonly<Record<string, readonly string[]>>;
    readonly brand?: string;
    readonly mpn?: string;
    readonly epid?: string;
    readonly upc?: readonly string[];
    readonly ean?: readonly string[];
    readonly isbn?: readonly string[];
    readonly imageUrls?: readonly string[];
  };
}

const strings: Shape = { listOf: 'string' };

export const ITEM_SHAPE: Shape = {
  fields: {
    availability: {
      fields: { shipToLocationAvailability: { fields: { quantity: 'integer' } }, pickupAtLocationAvailability: { listOf: 'any' } },
    },
    condition: { words: Object.keys(CONDITION_IDS) },
    conditionDescription: 'string',
    conditionDescriptors: { listOf: { fields: { name: 'string', values: strings, additionalInfo: 'string' } } },
    packageWeightAndSize: {
      fields: {
        weight: { fields: { value: 'number', unit: { words: ['POUND', 'OUNCE', 'KILOGRAM', 'GRAM'] } } },
        dimensions: {
          fields: {
            length: 'number',
            width: 'number',
            height: 'number',
            unit: { words: ['INCH', 'FEET', 'CENTIMETER', 'METER'] },
          },
        },
        packageType: 'string',
        shippingIrregular: 'boolean',
      },
    },
    product: {
      fields: {
        title: 'string',
        subtitle: 'string',
        description: 'string',
        aspects: { mapOf: strings },
        brand: 'string',
        mpn: 'string',
        epid: 'string',
        upc: strings,
        ean: strings,
        isbn: strings,
        imageUrls: strings,
        videoIds: strings,
      },
    },
  },
};
