import type { ErrorCode } from '../../../core/errors.ts';
import { accountErrors, accountNotMet } from './account.ts';
import { browseErrors, browseNotMet } from './browse.ts';
import { gatewayErrors } from './gateway.ts';
import { listingErrors } from './inventory-listing.ts';
import { regulatoryErrors } from './inventory-regulatory.ts';
import { inventoryNotMet, resourceErrors } from './inventory-resources.ts';
import { mediaErrors, mediaNotMet } from './media.ts';
import { meaningByText } from './overloaded.ts';
import { ALLOW, LATER, LOG_IN, type Meaning, meaning, type NotMet, type Row } from './rule.ts';
import { metadataErrors, taxonomyErrors, taxonomyNotMet } from './taxonomy-metadata.ts';

const ROWS: readonly Row[] = [
  ...gatewayErrors,
  ...listingErrors,
  ...regulatoryErrors,
  ...resourceErrors,
  ...accountErrors,
  ...mediaErrors,
  ...taxonomyErrors,
  ...metadataErrors,
  ...browseErrors,
];

/** By eBay's number. What stands for several things is told apart by its text first. */
const TABLE: ReadonlyMap<number, Meaning> = new Map(ROWS.map((row) => [row[0], meaning(row)]));

/** The short list: what no call of ours can be refused with, and why. */
export const NOT_MET: readonly NotMet[] = [...inventoryNotMet, ...accountNotMet, ...mediaNotMet, ...taxonomyNotMet, ...browseNotMet];

/** What the table says of a number: its meaning, or why it is never met; undefined when it says nothing. */
export function known(errorId: number): Meaning | { readonly notMet: string } | undefined {
  const why = NOT_MET.find(({ ids }) => ids.includes(errorId))?.why;
  return TABLE.get(errorId) ?? (why === undefined ? undefined : { notMet: why });
}

/** One error of an answer: its number and what eBay says with it. */
export interface Said {
  readonly errorId: number;
  readonly text: string;
}

/**
 * What an answer means. Of several errors the gravest counts: what stops everything, then what stays until
 * somebody mends it, then what passes. Never fails: an unknown number is a refusal that only a person can look into.
 */
export function meaningOf(status: number, errors: readonly Said[]): Meaning {
  if (status === 429) return { ...LIMITED, retryable: true };
  const meanings = errors.flatMap(({ errorId, text }) => meaningByText(errorId, text) ?? TABLE.get(errorId) ?? []);
  const [gravest] = meanings.toSorted((a, b) => gravity(a) - gravity(b));
  return gravest ?? byStatus(status);
}

const STOPS_ALL: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['provider.auth', 'provider.rate-limited', 'listing.selling-limit']);

function gravity({ code, retryable }: Meaning): number {
  if (STOPS_ALL.has(code)) return 0;
  return retryable ? 2 : 1;
}

const LIMITED: Omit<Meaning, 'retryable'> = {
  code: 'provider.rate-limited',
  sentence: 'eBay wants no more calls for now.',
  hint: 'Run `easyflip doctor` to see when the limit resets.',
};

/** A status without a number that anybody knows. */
function byStatus(status: number): Meaning {
  if (status === 401) return { code: 'provider.auth', sentence: 'The login is over.', hint: LOG_IN, retryable: false };
  if (status === 403) return { code: 'provider.auth', sentence: 'The login does not cover this call.', hint: ALLOW, retryable: false };
  if (status === 408) return { code: 'provider.timeout', sentence: 'eBay waited too long.', hint: LATER, retryable: true };
  const passes = status >= 500 || (status >= 300 && status < 400);
  if (passes) return { code: 'provider.unavailable', sentence: 'eBay has a fault of its own.', hint: LATER, retryable: true };
  return {
    code: 'provider.refused',
    sentence: 'eBay refuses it.',
    hint: 'Read what eBay says, mend it, then run `easyflip retry-failed`.',
    retryable: false,
  };
}
