import { z } from 'zod';
import { wholeNumber } from './values.ts';

export const analysis = z
  .strictObject({
    provider: z
      .enum(['auto', 'openai', 'google-vision', 'local'])
      .default('auto')
      .describe('Who looks at the photos. auto: the best one that has credentials; local needs none.'),
    model: z.string().min(1).max(100).default('gpt-4o').describe('The model of the openai provider, or of a compatible service.'),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .default(0.75)
      .describe('A fact below this confidence is not certain enough to go live by itself; the item is held.'),
    ocrLanguage: z
      .string()
      .regex(/^[a-z]{3}(_[a-z]+)?(\+[a-z]{3}(_[a-z]+)?)*$/)
      .default('eng')
      .describe(
        'Languages of the local text recognition, joined with +. eng is built in; others need the package @tesseract.js-data/<language>.',
      ),
    ocrWorkers: wholeNumber(1, 16).default(2).describe('Processes of the local text recognition.'),
  })
  .prefault({})
  .describe('Finding out what an item is.');
