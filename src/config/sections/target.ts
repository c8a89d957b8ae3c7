import * as z from 'zod';
import { amount } from './values.ts';

export const target = z
  .strictObject({
    monthly: amount('10000.00', 'What you want to sell for in a month of 30 days.'),
    marginPercent: z.number().min(0).max(100).default(70).describe('What shall be left of it after cost, fees, shipping and refunds.'),
  })
  .prefault({})
  .describe('Your aim, for `stats` and `report --html`: how far it is, and what would bring you nearer.');
