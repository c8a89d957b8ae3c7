import { z } from 'zod';
import { RESTRICTED_WORDS } from '../restricted-words.ts';

export const check = z
  .strictObject({
    restrictedWords: z
      .record(z.string().min(1).max(60), z.string().min(1).max(300))
      .default(RESTRICTED_WORDS)
      .describe('Words that hold an item for a person, each with the reason shown. Your list replaces the built-in one.'),
  })
  .prefault({})
  .describe('What is checked before anything goes live.');
