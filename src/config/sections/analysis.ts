import * as z from 'zod';
import { wholeNumber } from './values.ts';

export const analysis = z
  .strictObject({
    provider: z
      .enum(['auto', 'openai', 'google-vision', 'local'])
      .default('auto')
      .describe('Who looks at the photos. auto: the best one that has credentials; local needs none.'),
    model: z.string().min(1).max(100).default('gpt-4o').describe('The model of the openai provider, or of a compatible service.'),
    fallback: z
      .array(z.string().regex(/^(local|openai|openai:\S{1,100})$/))
      .max(5)
      .default([])
      .describe(
        'Who looks when the provider fails, in order: local, openai, or openai:MODEL for another model. What local made of it is held for review.',
      ),
    picturesPerCall: wholeNumber(1, 24).default(4).describe('Pictures that a model sees of one item; the most different ones are chosen.'),
    secondLook: z
      .boolean()
      .default(true)
      .describe('Where a label could not be read, it is cut out at full resolution and asked about once more.'),
    maxAnswerLength: wholeNumber(200, 100_000)
      .nullable()
      .default(null)
      .describe('Tokens an answer may have at most; each call reserves their price. null: 1500, or 6000 where a model thinks first.'),
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
