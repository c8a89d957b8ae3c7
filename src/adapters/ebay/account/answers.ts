import * as z from 'zod';
import { type Money, parseMoney } from '../../../core/money.ts';
import { reading, tellsOf } from '../reading.ts';

/* The shapes of Account, Identity, Developer Analytics and location answers, as far as they are read. */

const text = z.string();
const id = z.coerce.string();
/** A selling limit may be larger than any price. */
const amount = z
  .object({ value: z.coerce.number(), currency: text })
  .transform(({ value, currency }): Money => ({ minor: Math.round(value * (parseMoney('1', currency)?.minor ?? 1)), currency }))
  .nullish()
  .transform((money) => money ?? undefined);

const policy = z.object({
  name: text.nullish(),
  fulfillmentPolicyId: id.nullish(),
  paymentPolicyId: id.nullish(),
  returnPolicyId: id.nullish(),
  shippingOptions: z.array(z.object({ costType: text.nullish(), optionType: text.nullish() })).nullish(),
});
export type WirePolicy = z.infer<typeof policy>;
export const policyAnswer = reading(policy);
export const policyListAnswer = reading(
  z
    .object({
      total: z.number().nullish(),
      fulfillmentPolicies: z.array(policy).nullish(),
      paymentPolicies: z.array(policy).nullish(),
      returnPolicies: z.array(policy).nullish(),
    })
    .refine(tellsOf('fulfillmentPolicies', 'paymentPolicies', 'returnPolicies'))
    .transform(
      ({ fulfillmentPolicies, paymentPolicies, returnPolicies }) => fulfillmentPolicies ?? paymentPolicies ?? returnPolicies ?? [],
    ),
);

export const programsAnswer = reading(
  z
    .object({ programs: z.array(z.object({ programType: text.nullish() })).nullish() })
    .transform(({ programs }) => (programs ?? []).map(({ programType }) => programType ?? '')),
);

export const privilegesAnswer = reading(
  z
    .object({
      sellerRegistrationCompleted: z.boolean().nullish(),
      sellingLimit: z.object({ amount, quantity: z.number().nullish() }).nullish(),
    })
    .transform(({ sellerRegistrationCompleted, sellingLimit }) => ({
      registered: sellerRegistrationCompleted ?? false,
      limit: sellingLimit ? { amount: sellingLimit.amount, quantity: sellingLimit.quantity ?? undefined } : undefined,
    })),
);

const location = z.object({
  merchantLocationKey: text,
  name: text.nullish(),
  merchantLocationStatus: text.nullish(),
  location: z
    .object({ address: z.object({ country: text.nullish(), postalCode: text.nullish(), city: text.nullish() }).nullish() })
    .nullish(),
});
export type WireLocation = z.infer<typeof location>;
export const locationListAnswer = reading(
  z
    .object({ total: z.number().nullish(), locations: z.array(location).nullish() })
    .refine(tellsOf('locations'))
    .transform(({ total, locations }) => ({ total: total ?? 0, locations: locations ?? [] })),
);

/** 204 without a body when nothing is counted. */
export const allowancesAnswer = reading(
  z.union([
    z.literal('').transform(() => []),
    z
      .object({
        rateLimits: z
          .array(
            z.object({
              apiContext: text.nullish(),
              apiName: text.nullish(),
              resources: z
                .array(
                  z.object({
                    name: text.nullish(),
                    rates: z
                      .array(z.object({ limit: z.number().nullish(), remaining: z.number().nullish(), reset: text.nullish() }))
                      .nullish(),
                  }),
                )
                .nullish(),
            }),
          )
          .nullish(),
      })
      .transform(({ rateLimits }) => rateLimits ?? []),
  ]),
);

export const identityAnswer = reading(
  z
    .object({ userId: id, username: text.nullish(), status: text.nullish(), registrationMarketplaceId: text.nullish() })
    .transform(({ userId, username, status, registrationMarketplaceId }) => ({
      userId,
      username: username ?? userId,
      status: status ?? undefined,
      registrationMarketplace: registrationMarketplaceId ?? undefined,
    })),
);
