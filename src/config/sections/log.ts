import * as z from 'zod';
import { wholeNumber } from './values.ts';

export const log = z
  .strictObject({
    level: z
      .enum(['off', 'warn', 'info', 'debug'])
      .default('debug')
      .describe('What is written down; debug: everything, calls and stages too.'),
    maxMegabytes: z.number().min(0.01).max(10_000).default(5).describe('A file grows to this, and the next one begins.'),
    maxFiles: wholeNumber(1, 10_000).default(10).describe('More files than this are removed, oldest first.'),
  })
  .prefault({})
  .describe('The log in the data folder: what happened, without secrets, titles and places.');
