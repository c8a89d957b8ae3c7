import { EasyflipError } from '../../core/errors.ts';
import { ASPECT, aspectNameOf, namesIn } from '../../core/merge-facts.ts';
import type { Currency } from '../../core/money.ts';
import { FIELDS } from '../../intake/field-text.ts';
import { nearestKey } from '../../intake/nearest-key.ts';
import { sellerFactsFrom } from '../../intake/set-facts.ts';
import type { Edit } from './lay-edit.ts';

interface Named {
  /** `NAME=VALUE`. */
  readonly set?: readonly string[];
  readonly remove?: readonly string[];
  readonly unset?: readonly string[];
}

/** What the flags of a command ask for. Errors: `usage.invalid` for unknown fields, values that cannot be, a field named twice. */
export async function editOf({ set = [], remove = [], unset = [] }: Named, currency: Currency): Promise<Edit> {
  const facts = set.length > 0 ? await sellerFactsFrom(set, currency) : {};
  const edit: Edit = { set: facts, remove: remove.map(fieldNamed), unset: unset.map(fieldNamed) };
  const all = [...namesIn(edit.set), ...edit.remove, ...edit.unset].map((field) => field.toLowerCase());
  const twice = all.find((field, place) => all.indexOf(field) !== place);
  if (all.length === 0 || twice !== undefined) {
    throw new EasyflipError('usage.invalid', twice === undefined ? 'Nothing is named to change.' : `"${twice}" is named twice.`, {
      hint: 'Name each field once, with --set NAME=VALUE, --remove NAME or --unset NAME.',
    });
  }
  return edit;
}

/** A key of item.json as it is; any other name is a specific of eBay's. A small word that is nearly a key is a slip. Errors: `usage.invalid`. */
export function fieldNamed(name: string): string {
  const wanted = name.trim();
  if (UNUSABLE.has(aspectNameOf(wanted) ?? wanted)) {
    throw new EasyflipError('usage.invalid', `There is no field "${wanted}".`, { hint: `Fields are ${FIELDS.join(', ')}.` });
  }
  if (FIELDS.includes(wanted) || aspectNameOf(wanted)) return wanted;
  const meant = /^[a-z]+$/.test(wanted) ? nearestKey(wanted, FIELDS) : undefined;
  if (wanted === '' || wanted.includes('=') || meant !== undefined || /^[a-z]/.test(wanted)) {
    throw new EasyflipError('usage.invalid', `There is no field "${name}"${meant ? `; probably "${meant}" was meant` : ''}.`, {
      hint: `Fields are ${FIELDS.join(', ')}, and item specifics such as "aspects.Pattern".`,
    });
  }
  return `${ASPECT}${wanted}`;
}

/** Names become keys of plain objects further on. */
const UNUSABLE: ReadonlySet<string> = new Set(['constructor', 'prototype', '__proto__']);
