import type { Reason } from '../core/errors.ts';
import type { ItemState, Outcome } from '../core/outcome.ts';

/** What a command line needs besides the item, so that it can be copied: ` --env sandbox`. */
export type CommandSuffix = string;

/** The command that settles what an item waits for; undefined when it waits for nothing. */
export function nextCommand(
  id: string,
  state: Outcome | ItemState,
  reason: Reason | undefined,
  suffix: CommandSuffix = '',
): string | undefined {
  if (state === 'failed') return `easyflip retry-failed --item ${id}${suffix}`;
  if (state === 'deferred' || state === 'waiting') return `easyflip resume${suffix}`;
  if (state !== 'held') return undefined;
  // The hint of this very hold knows best which facts it wants.
  const said = /`easyflip (approve [^`]+)`/.exec(reason?.hint ?? '')?.[1];
  if (said?.includes(id)) return `easyflip ${said}${suffix}`;
  const settle = reason && HELD.find(({ codes }) => codes.test(reason.code));
  return `easyflip ${settle ? settle.command(id) : `show ${id}`}${suffix}`;
}

/** Held items by what is missing; everything else needs a look first. */
const HELD: ReadonlyArray<{ readonly codes: RegExp; readonly command: (id: string) => string }> = [
  { codes: /^item\.awaits-approval$|^item\.on-hold$|^check\./, command: (id) => `approve ${id}` },
  { codes: /^category\./, command: (id) => `approve ${id} --set category=ID` },
  { codes: /^condition\./, command: (id) => `approve ${id} --set condition=WORD` },
  { codes: /^price\./, command: (id) => `approve ${id} --set price=AMOUNT` },
  { codes: /^(facts|aspect)\./, command: (id) => `approve ${id} --set NAME=VALUE` },
  { codes: /^item\.(changed-while-live|possible-duplicate|ended-listing)$/, command: (id) => `approve ${id}` },
];
