import * as z from 'zod';

export const check = z
  .strictObject({
    restrictedWords: z
      .record(z.string().min(1).max(60), z.string().min(1).max(300).nullable())
      .default({})
      .describe('Words and brands that hold an item besides the built-in ones, each with the reason shown. null takes a built-in one out.'),
  })
  .prefault({})
  .describe('What is checked before anything goes live.');
