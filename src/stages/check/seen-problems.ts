import type { ErrorCode, Reason } from '../../core/errors.ts';
import type { Item } from '../../core/item.ts';
import type { PhotoIssue } from '../../core/photo-issue.ts';
import type { Description, PhotoProblem } from '../../core/ports/index.ts';
import { isStandIn } from '../draft/stand-in.ts';

/** What a person must look at before the item goes live; the rest is only told. */
const DOUBTS: Readonly<Partial<Record<PhotoProblem['kind'], string>>> = {
  'stock-picture': 'looks like a stock picture, not like a photo of this item',
  watermark: 'carries a watermark',
  'prohibited-goods': 'seems to show something that may not be sold',
  'recalled-goods': 'seems to show something that was recalled',
  'several-items': 'shows several things that are no set',
};

/** Seen on a photo, and only told. */
const TOLD: Readonly<Partial<Record<PhotoProblem['kind'], string>>> = {
  'text-overlay': 'has writing laid over it, which eBay does not allow',
  people: 'shows a person',
  'web-address': 'shows a web address',
  'email-address': 'shows an e-mail address',
  'phone-number': 'shows a phone number',
  html: 'carries markup',
};
const CODES: Readonly<Partial<Record<PhotoProblem['kind'], ErrorCode>>> = {
  instructions: 'photo.untrusted-text',
  html: 'photo.untrusted-text',
  'text-overlay': 'photo.text-overlay',
  watermark: 'photo.watermark',
  'web-address': 'photo.web-address',
  'email-address': 'photo.contact-details',
  'phone-number': 'photo.contact-details',
};

/** All that was seen on the photos, each with its weight. */
export const seenIssues = ({ problems = [] }: Pick<Description, 'problems'>): readonly PhotoIssue[] =>
  problems.map(({ photo, kind, note }) => {
    const what = DOUBTS[kind] ?? TOLD[kind] ?? 'carries writing that gives orders to its reader';
    const severity = kind === 'instructions' || DOUBTS[kind] ? 'hold' : 'warn';
    const reason: Reason = {
      code: CODES[kind] ?? 'photo.doubtful',
      message: `Photo ${photo} ${what}: "${note}".`,
      hint: 'Photograph it anew without that, or leave the photo out; if it may stay, approve.',
    };
    return { photo, severity, reason };
  });

/** Why what was seen on the photos needs a person: orders in a photo first, for they may have misled a model. */
export function seenDoubt({ id }: Pick<Item, 'id'>, described: Description): Reason | undefined {
  const { problems = [], insteadOf } = described;
  const look = `Look with \`easyflip show ${id}\`, then \`easyflip approve ${id}\``;
  const orders = problems.find(({ kind }) => kind === 'instructions');
  if (orders)
    return {
      code: 'photo.untrusted-text',
      message: `Photo ${orders.photo} carries writing that gives orders to its reader: "${orders.note}". It was obeyed in nothing.`,
      hint: `${look}, with \`--set NAME=VALUE\` for what is wrong; best without that photo.`,
    };
  const doubts = problems.flatMap(({ photo, kind, note }) => (DOUBTS[kind] ? [`Photo ${photo} ${DOUBTS[kind]}: ${note}.`] : []));
  if (doubts.length > 0) return { code: 'photo.doubtful', message: doubts.join(' '), hint: `${look}; else \`easyflip skip ${id}\`.` };
  if (insteadOf && isStandIn(described))
    return {
      code: 'facts.from-fallback',
      message: `The local analysis stood in for the model: ${insteadOf.message}`,
      hint: `${look}, with \`--set NAME=VALUE\` for what it lacks; or let the model look: \`easyflip retry-failed\`.`,
    };
  return undefined;
}
