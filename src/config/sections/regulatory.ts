import * as z from 'zod';
import type { Regulatory } from '../../core/listing.ts';

/** Inventory API, Manufacturer and ResponsiblePerson: maximum lengths, and at least one way to reach them. */
const contact = {
  companyName: z.string().min(1).max(100).describe('Name of the company.'),
  addressLine1: z.string().min(1).max(180).describe('Street and number.'),
  addressLine2: z.string().min(1).max(180).optional().describe('More of the address.'),
  city: z.string().min(1).max(64).describe('City.'),
  stateOrProvince: z.string().min(1).max(64).optional().describe('State or province.'),
  postalCode: z.string().min(1).max(9).describe('Postal code.'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters such as DE')
    .describe('Country, two letters.'),
  email: z.email().max(180).optional().describe('E-mail address.'),
  phone: z.string().min(1).max(64).optional().describe('Telephone number.'),
  contactUrl: z
    .url({ protocol: /^https?$/ })
    .max(250)
    .optional()
    .describe('Page where they can be reached.'),
};

const regulatoryShape = z.strictObject({
  manufacturer: z.strictObject(contact).optional().describe('Who made it.'),
  responsiblePersons: z
    .array(z.strictObject({ ...contact, types: z.tuple([z.literal('EU_RESPONSIBLE_PERSON')]) }))
    .min(1)
    .max(5)
    .optional()
    .describe('Who answers for it in the EU; needed where the manufacturer is outside.'),
});

export const regulatory = z
  .record(z.string().min(1).max(65), regulatoryShape)
  .default({})
  .describe(
    'Product safety (GPSR) on EU sites: manufacturer and responsible person by brand, "*" for all others. New goods are held without it.',
  );

/** Without the keys that are absent, so that they do not become part of what is approved. */
export const regulatoryOf = (entries: z.output<typeof regulatory>): Readonly<Record<string, Regulatory>> =>
  JSON.parse(JSON.stringify(entries)) as Readonly<Record<string, Regulatory>>;
