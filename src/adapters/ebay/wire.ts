import * as z from 'zod';
import { reading, tellsOf } from './reading.ts';

/*
 * The shapes of eBay's answers, as far as this adapter reads them. What is optional in the documents is optional
 * here, but an answer whose whole list is missing is no answer, unless it says itself that there is nothing: taken
 * for "none", an empty object or the answer to another call would cost a seller a listing. 204 arrives as an empty string.
 */

const text = z.string();
const id = z.coerce.string();
const wireError = z.object({
  errorId: z.coerce.number().catch(0),
  message: text.nullish(),
  longMessage: text.nullish(),
  parameters: z.array(z.object({ name: text.nullish(), value: text.nullish() })).nullish(),
});
const errorList = z
  .array(wireError)
  .nullish()
  .transform((list) => list ?? []);
const amount = z.object({ value: z.coerce.string(), currency: text });

/** For calls whose success has no body, or one that does not matter. */
export const ignored = (): true => true;

export const tokenAnswer = reading(
  z
    .object({ access_token: text.min(1), expires_in: z.coerce.number().positive().catch(7200) })
    .transform(({ access_token, expires_in }) => ({ value: access_token, lastsSeconds: expires_in })),
);

/* ---- Inventory ---- */

const inventoryItem = z.object({
  sku: text.nullish(),
  condition: text.nullish(),
  conditionDescription: text.nullish(),
  conditionDescriptors: z.array(z.object({ name: text, values: z.array(text).nullish(), additionalInfo: text.nullish() })).nullish(),
  availability: z.object({ shipToLocationAvailability: z.object({ quantity: z.number().nullish() }).nullish() }).nullish(),
  packageWeightAndSize: z
    .object({
      weight: z.object({ value: z.number(), unit: text }).nullish(),
      dimensions: z.object({ length: z.number(), width: z.number(), height: z.number(), unit: text }).nullish(),
    })
    .nullish(),
  product: z
    .object({
      title: text.nullish(),
      description: text.nullish(),
      aspects: z.record(text, z.array(text)).nullish(),
      imageUrls: z.array(text).nullish(),
      brand: text.nullish(),
      mpn: text.nullish(),
      upc: z.array(text).nullish(),
      ean: z.array(text).nullish(),
      isbn: z.array(text).nullish(),
    })
    .nullish(),
});
export type WireItem = z.infer<typeof inventoryItem>;
export const itemAnswer = reading(inventoryItem);
export const itemsAnswer = reading(
  z
    .object({ total: z.number().nullish(), inventoryItems: z.array(inventoryItem).nullish() })
    .refine(tellsOf('inventoryItems'))
    .transform(({ total, inventoryItems }) => ({ total: total ?? 0, items: inventoryItems ?? [] })),
);

const offer = z.object({
  offerId: id,
  sku: text.nullish(),
  marketplaceId: text.nullish(),
  format: text.nullish(),
  categoryId: id.nullish(),
  listingDescription: text.nullish(),
  listingDuration: text.nullish(),
  includeCatalogProductDetails: z.boolean().nullish(),
  merchantLocationKey: text.nullish(),
  pricingSummary: z.object({ price: amount.nullish() }).nullish(),
  listingStartDate: text.nullish(),
  storeCategoryNames: z.array(text).nullish(),
  regulatory: z.record(text, z.unknown()).nullish(),
  listingPolicies: z
    .object({
      fulfillmentPolicyId: id.nullish(),
      paymentPolicyId: id.nullish(),
      returnPolicyId: id.nullish(),
      bestOfferTerms: z
        .object({ bestOfferEnabled: z.boolean().nullish(), autoAcceptPrice: amount.nullish(), autoDeclinePrice: amount.nullish() })
        .nullish(),
    })
    .nullish(),
  status: text.nullish(),
  listing: z.object({ listingId: id.nullish(), listingStatus: text.nullish(), soldQuantity: z.number().nullish() }).nullish(),
});
export type WireOffer = z.infer<typeof offer>;
export const offerAnswer = reading(offer);
export const offersAnswer = reading(
  z
    .object({ total: z.number().nullish(), offers: z.array(offer).nullish() })
    .refine(tellsOf('offers'))
    .transform(({ offers }) => offers ?? []),
);

const entry = z.object({
  statusCode: z.number(),
  errors: errorList,
  sku: text.nullish(),
  offerId: id.nullish(),
  listingId: id.nullish(),
  inventoryItem: inventoryItem.nullish(),
});
export type WireEntry = z.infer<typeof entry>;
/** What a single call answers, as the entry that a bulk answer would have for it. */
export const doneEntry = (answer: unknown): WireEntry | undefined => {
  const read = entry.safeParse({ ...(answer as object), statusCode: 200 });
  return read.success ? read.data : undefined;
};
/** The same envelope for every bulk call (CONTRACTS 2.7). */
export const bulkAnswer = reading(z.object({ responses: z.array(entry) }).transform(({ responses }) => responses));

export const locationsAnswer = reading(
  z
    .object({
      total: z.number().nullish(),
      locations: z.array(z.object({ merchantLocationKey: text, merchantLocationStatus: text.nullish(), name: text.nullish() })).nullish(),
    })
    .refine(tellsOf('locations')),
);

/* ---- Account ---- */

export const policiesAnswer = (list: string, idField: string): ((answer: unknown) => readonly { id: string; name: string }[] | undefined) =>
  reading(
    z
      .object({ total: z.number().nullish(), [list]: z.array(z.object({ [idField]: id, name: text.nullish() })).nullish() })
      .refine(tellsOf(list))
      .transform((body) =>
        ((body[list] ?? []) as readonly Readonly<Record<string, unknown>>[]).map((policy) => ({
          id: String(policy[idField]),
          name: String(policy.name ?? ''),
        })),
      ),
  );

/* ---- Media ---- */

export const pictureAnswer = reading(
  z.object({
    headers: z.unknown(),
    data: z.union([z.object({ imageUrl: text.nullish(), expirationDate: text.nullish() }), z.literal(''), z.null(), z.undefined()]),
  }),
);
export const imageAnswer = reading(z.object({ imageUrl: z.url(), expirationDate: text.nullish() }));

/* ---- Taxonomy ---- */

export const treeAnswer = reading(
  z
    .object({ categoryTreeId: id, categoryTreeVersion: id.nullish() })
    .transform(({ categoryTreeId, categoryTreeVersion: version }) => ({ id: categoryTreeId, ...(version ? { version } : {}) })),
);

const category = z.object({ categoryId: id, categoryName: text });
const suggestions = z.object({
  categorySuggestions: z.array(
    z.object({
      category,
      categoryTreeNodeAncestors: z
        .array(z.object({ categoryId: id, categoryName: text, categoryTreeNodeLevel: z.number().nullish() }))
        .nullish(),
    }),
  ),
});
/** 204 without a body when nothing fits. */
export const suggestionsAnswer = reading(
  z.union([z.literal('').transform(() => []), suggestions.transform(({ categorySuggestions }) => categorySuggestions)]),
);

export const subtreeAnswer = reading(
  z.object({
    categorySubtreeNode: z.object({
      category,
      leafCategoryTreeNode: z.boolean().nullish(),
      childCategoryTreeNodes: z.array(z.unknown()).nullish(),
    }),
  }),
);

const aspect = z.object({
  localizedAspectName: text,
  aspectValues: z
    .array(
      z.object({
        localizedValue: text,
        valueConstraints: z
          .array(
            z.object({ applicableForLocalizedAspectName: text.nullish(), applicableForLocalizedAspectValues: z.array(text).nullish() }),
          )
          .nullish(),
      }),
    )
    .nullish(),
  aspectConstraint: z
    .object({
      aspectRequired: z.boolean().nullish(),
      aspectMode: text.nullish(),
      itemToAspectCardinality: text.nullish(),
      aspectDataType: text.nullish(),
      aspectFormat: text.nullish(),
      aspectMaxLength: z.number().nullish(),
    })
    .nullish(),
});
export type WireAspect = z.infer<typeof aspect>;
export const aspectsAnswer = reading(
  z.union([z.literal('').transform(() => []), z.object({ aspects: z.array(aspect) }).transform(({ aspects }) => aspects)]),
);

/* ---- Metadata ---- */

const conditionDescriptor = z.object({
  conditionDescriptorId: id.nullish(),
  conditionDescriptorName: text.nullish(),
  conditionDescriptorConstraint: z.object({ usage: text.nullish(), mode: text.nullish(), maxLength: z.number().nullish() }).nullish(),
  conditionDescriptorValues: z
    .array(
      z.object({
        conditionDescriptorValueId: id,
        conditionDescriptorValueName: text.nullish(),
        conditionDescriptorValueConstraints: z
          .array(
            z.object({ applicableToConditionDescriptorId: id.nullish(), applicableToConditionDescriptorValueIds: z.array(id).nullish() }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});
export type WireDescriptor = z.infer<typeof conditionDescriptor>;
export const conditionsAnswer = reading(
  z.object({
    itemConditionPolicies: z
      .array(
        z.object({
          categoryId: id,
          itemConditionRequired: z.boolean().nullish(),
          itemConditions: z
            .array(
              z.object({
                conditionId: id,
                conditionDescription: text.nullish(),
                usage: text.nullish(),
                conditionDescriptors: z.array(conditionDescriptor).nullish(),
              }),
            )
            .nullish(),
        }),
      )
      .nullish(),
  }),
);

/* ---- Browse ---- */

export const searchAnswer = reading(
  z.union([
    z.literal('').transform(() => []),
    z
      .object({
        total: z.number().nullish(),
        itemSummaries: z
          .array(
            z.object({
              itemId: text,
              legacyItemId: id.nullish(),
              title: text.nullish(),
              seller: z.object({ username: text.nullish() }).nullish(),
              price: amount.nullish(),
              conditionId: id.nullish(),
              shippingOptions: z.array(z.object({ shippingCost: amount.nullish() })).nullish(),
            }),
          )
          .nullish(),
      })
      .refine(tellsOf('itemSummaries'))
      .transform(({ itemSummaries }) => itemSummaries ?? []),
  ]),
);
