import * as z from 'zod';
import { wholeNumber } from './values.ts';

const seconds = z.number().min(0.01).max(86_400);

export const batches = z
  .strictObject({
    pollSeconds: seconds.default(60).describe('Seconds until the first look at a batch; each further pause is longer by as much.'),
    longestPollSeconds: seconds.default(600).describe('Never longer than this.'),
    atOnce: wholeNumber(1, 20).default(2).describe('Batches under way at the same time.'),
    maxRequests: wholeNumber(1, 50_000).default(50_000).describe('Requests in one batch at most; OpenAI takes 50,000.'),
    maxMegabytes: z.number().min(0.01).max(200).default(200).describe('Size of the file of one batch at most; OpenAI takes 200 MB.'),
  })
  .prefault({})
  .describe('list --batch: calls to a model that wait for a lower price.');
