import * as z from 'zod';
import { wholeNumber } from './values.ts';

export const store = z
  .strictObject({
    encryptAtRest: z
      .boolean()
      .nullable()
      .default(null)
      .describe(
        'The database, its backups, prepared pictures and questions that wait for a batch lie encrypted on disk. true encrypts what is there, ' +
          'false decrypts it, with the next command; null leaves it as it is (plain in the beginning).',
      ),
    backupsKept: wholeNumber(0, 1000)
      .default(7)
      .describe('Backups kept that were made by themselves: once a day, and before the database takes a new form. 0: none are made.'),
    detailDays: wholeNumber(1, 36_500)
      .nullable()
      .default(100)
      .describe('The detail of items that were sold, ended, withdrawn or skipped is forgotten after so many days. null: never.'),
  })
  .prefault({})
  .describe('The database in the data folder.');
