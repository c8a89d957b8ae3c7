import * as z from 'zod';
import { FACT_NAMES } from '../../core/facts.ts';
import { PHOTO_ROLES, SEEN_PROBLEMS } from '../../core/ports/analysis.ts';

/** Raise it with any change of a shape: answers to the old one are then not taken for answers to the new. */
export const SCHEMA_VERSION = 1;

/** Where a statement comes from, as the model says; the program checks it. */
const SOURCES = ['label', 'barcode', 'picture', 'note', 'name'] as const;

/**
 * Short keys and lists instead of an object per fact: a full reply with all evidence costs a third of what it would
 * with words, and what is not known costs nothing. The service is told that there are no other keys; one that comes all
 * the same (a price, an address) is dropped unread.
 */
const statement = z.object({
  /** Fact. */
  f: z.enum(FACT_NAMES),
  /** Value. */
  v: z.string(),
  /** Confidence in percent. */
  c: z.number(),
  by: z.enum(SOURCES),
  /** Photo. */
  p: z.number().nullable(),
  /** Quoted text, code, or what is seen. */
  q: z.string(),
});
export type Statement = z.output<typeof statement>;

const notKnown = z.object({ f: z.enum(FACT_NAMES), why: z.string() });

export const firstReply = z.object({
  facts: z.array(statement),
  unknown: z.array(notKnown),
  flaws: z.array(z.object({ p: z.number(), what: z.string() })),
  photos: z.array(
    z.object({
      p: z.number(),
      role: z.enum(PHOTO_ROLES),
      /** Of a label: left, top, right, bottom in percent. */
      box: z.array(z.number()).nullable(),
    }),
  ),
  cover: z.number(),
  problems: z.array(z.object({ p: z.number(), kind: z.enum(SEEN_PROBLEMS), note: z.string() })),
  keywords: z.array(z.string()),
  queries: z.array(z.string()),
});
export type FirstReply = z.output<typeof firstReply>;

export const labelReply = z.object({
  /** What is written on each crop, line by line. */
  crops: z.array(z.object({ n: z.number(), lines: z.array(z.string()) })),
  facts: z.array(statement),
  unknown: z.array(notKnown),
});
