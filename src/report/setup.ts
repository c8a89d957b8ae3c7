import { Chalk } from 'chalk';
import { type Money, moneyLabel } from '../core/money.ts';
import { counted } from './amounts.ts';
import { moneyJson } from './json-lines.ts';
import { clean } from './text.ts';
import type { TextStyle } from './text-style.ts';

/** One thing that listings need, and how it was settled. */
export interface SetupStep {
  readonly what: string;
  readonly id: string;
  readonly name: string;
  readonly how: 'kept' | 'only' | 'chosen' | 'created';
}

export interface SetupView {
  /** The config file, absolute. */
  readonly file: string;
  readonly changes: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
  /** What may be listed in a month; null: not limited. */
  readonly limit: { readonly amount: Money | undefined; readonly quantity: number | undefined } | null;
}

const HOW: Readonly<Record<SetupStep['how'], string>> = {
  kept: 'as configured',
  only: 'the only one',
  chosen: 'as you chose',
  created: 'created',
};

export const renderSetupStep = ({ what, id, name, how }: SetupStep, { color }: TextStyle): string => {
  const paint = new Chalk({ level: color ? 1 : 0 });
  return `${paint.green('ok')}  ${what.padEnd(18)} ${clean(id)}${name && name !== id ? ` (${clean(name)})` : ''}, ${HOW[how]}\n`;
};

/** What was written, and the next command. Ends with a line break. */
export function renderSetup({ file, changes, limit }: SetupView, { color, commandSuffix = '' }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const lines = [''];
  if (changes.length === 0) lines.push(`${file} says all this already.`);
  else {
    lines.push(`Written to ${file}:`);
    for (const { path, from, to } of changes)
      lines.push(`  ${path}: ${from === undefined || from === null ? '' : `${String(from)} -> `}${String(to)}`);
  }
  if (limit) {
    const parts = [limit.quantity === undefined ? '' : counted(limit.quantity, 'item'), limit.amount ? moneyLabel(limit.amount) : ''];
    lines.push(`eBay lets this account list ${parts.filter(Boolean).join(' or ')} a month.`);
  }
  lines.push(
    '',
    `${paint.bold('Next:')} ${paint.cyan(`easyflip doctor${commandSuffix}`)}, then ${paint.cyan(`easyflip list FOLDER --publish review${commandSuffix}`)}`,
  );
  return `${lines.join('\n')}\n`;
}

/** The last line of `easyflip setup --json`. */
export const setupJson = (steps: readonly SetupStep[], { file, changes, limit }: SetupView): Record<string, unknown> => ({
  type: 'setup.finished',
  steps: steps.map(({ what, id, name, how }) => ({ what, id, name, how })),
  file,
  changes: changes.map(({ path, from, to }) => ({ path, from: from ?? null, to })),
  limit: limit && { amount: limit.amount ? moneyJson(limit.amount) : null, quantity: limit.quantity ?? null },
});
