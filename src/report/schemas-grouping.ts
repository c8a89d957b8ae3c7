import * as z from 'zod';
import { errorLine } from './schema-parts.ts';

/* What is told when photos are sorted by hand: cards that were made, corrections that were noted. */

/** The line of `divider`. */
export const dividerLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('divider.written'), files: z.array(z.string()).min(1) }),
  errorLine,
]);

/** The line of `group merge`, `split` and `move`. */
export const groupLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('items.regrouped'), items: z.array(z.string()).describe('The items whose photos are now others') }),
  errorLine,
]);
