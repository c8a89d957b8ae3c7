import { z } from 'zod';
import { wholeNumber } from './values.ts';

export const store = z
  .strictObject({
    backupsKept: wholeNumber(0, 1000)
      .default(7)
      .describe('Backups kept that were made by themselves: once a day, and before the database takes a new form. 0: none are made.'),
  })
  .prefault({})
  .describe('The database in the data folder.');
