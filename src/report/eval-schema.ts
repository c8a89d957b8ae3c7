import * as z from 'zod';
import { FACT_NAMES } from '../core/facts.ts';
import { TITLE_FAULTS, VERDICTS } from './eval-view.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1).nullable().describe('0 to 1; null where there is nothing to divide by');
const seconds = z.number().min(0);
const usd = z.number().min(0).describe('US dollars');
const verdict = z.enum(VERDICTS);

const fieldTally = z.strictObject({
  right: count,
  wrong: count,
  missing: count,
  'rightly-absent': count,
  wrongAndCertain: count.describe('Wrong and certain enough to go live by itself'),
  wrongRate: share.describe('Wrong among what was stated'),
  recall: share.describe('Right among what the photos show'),
});

const tally = z
  .strictObject({
    all: fieldTally,
    fields: z.partialRecord(z.enum(FACT_NAMES), fieldTally),
    abstention: z.strictObject({
      kept: share.describe('Silent, of what the photos do not show'),
      justified: share.describe('Of its silences, those about what the photos do not show'),
    }),
    inventions: count,
    categories: z.strictObject({ judged: count, top1: share, top3: share }),
    titles: z.strictObject({ built: count, sound: share, faults: z.record(z.enum(TITLE_FAULTS), count) }),
    items: count,
    failed: count,
    costUsd: usd,
    costPerItemUsd: usd.nullable(),
    medianSeconds: seconds.nullable(),
  })
  .meta({ id: 'tally' });

const field = z.strictObject({
  field: z.enum(FACT_NAMES),
  verdict,
  stated: z.string().nullable(),
  expected: z.array(z.string()).nullable().describe('null: nothing may be said'),
  confidence: z.number().min(0).max(1).nullable(),
  certain: z.boolean(),
});

const change = z.strictObject({ verdict, stated: z.string().nullable() });

export const evalRun = z.strictObject({
  type: z.literal('eval'),
  folder: z.string(),
  provider: z.string(),
  model: z.string().nullable(),
  at: z.string().describe('ISO 8601, UTC'),
  tally,
  items: z.array(
    z.strictObject({
      item: z.string(),
      fields: z.array(field),
      inventions: z.array(z.string()),
      title: z.string().nullable(),
      titleFaults: z.array(z.enum(TITLE_FAULTS)),
      categoryRank: count.nullable().describe('Place of the first right category, from 1; 0: not among them; null: not judged'),
      seconds,
      costUsd: usd,
      failed: z.string().nullable(),
    }),
  ),
  notes: z.array(z.string()),
  comparison: z
    .strictObject({
      with: z.string(),
      better: count,
      worse: count,
      changes: z.array(z.strictObject({ item: z.string(), field: z.enum(FACT_NAMES), before: change, now: change })),
      before: tally,
    })
    .nullable(),
});

export const readingRun = z.strictObject({
  type: z.literal('eval.reading'),
  folder: z.string(),
  reader: z.string(),
  at: z.string().describe('ISO 8601, UTC'),
  files: z.array(
    z.strictObject({
      file: z.string(),
      seconds,
      text: z.strictObject({ expected: count, read: count, missed: z.array(z.string()) }).nullable(),
      codes: z
        .strictObject({ readability: z.string(), printed: z.array(z.string()), read: z.array(z.string()), wrong: z.array(z.string()) })
        .nullable(),
      claimsUnreadable: z.boolean().describe('Text is given without a warning where a person can read nothing'),
    }),
  ),
  text: z.strictObject({ files: count, characterRecall: share }),
  codes: z.array(z.strictObject({ readability: z.string(), files: count, hit: count, wrong: count })),
  medianSeconds: seconds.nullable(),
  costUsd: usd,
});

const pileShare = z.number().min(0).max(1);

export const groupingRun = z.strictObject({
  type: z.literal('eval.grouping'),
  piles: z.array(
    z.strictObject({
      pile: z.string(),
      items: count,
      exact: pileShare.describe('Items whose photos are exactly those of one item'),
      precision: pileShare.describe('Of the borders that were drawn, how many are right'),
      recall: pileShare.describe('Of the borders that are there, how many were drawn'),
      wrongFlagged: pileShare.describe('Of the groups that are wrong, the share that a person is asked to look at'),
      rightFlagged: pileShare.describe('Of the groups that are right, the share that a person is asked to look at all the same'),
    }),
  ),
});
