import type { Reason } from '../../core/errors.ts';
import type { Item } from '../../core/item.ts';
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
