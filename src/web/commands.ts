import type { ReviewDesk } from '../app/review/desk.ts';
import { isEasyflipError } from '../core/errors.ts';
import { unusable } from './guard.ts';

type Body = Readonly<Record<string, unknown>>;
type Command = (desk: ReviewDesk, body: Body) => Promise<object>;

const ITEMS_MAX = 500;
const TEXT_MAX = 20_000;

/** What an approver may send, by the last part of the address. Each checks the form of what it was sent; the desk checks the rest. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  async approve(desk, body) {
    await desk.approve(text(body, 'item'), text(body, 'shown'));
    return {};
  },
  hold: (desk, body) => setAside(desk, body, 'hold'),
  skip: (desk, body) => setAside(desk, body, 'skip'),
  async edit(desk, body) {
    const said = { set: record(body, 'set'), remove: list(body, 'remove'), unset: list(body, 'unset') };
    const options = { preview: body.preview === true, ...(body.shown === undefined ? {} : { shown: text(body, 'shown') }) };
    return { edited: await desk.edit(list(body, 'items'), said, options) };
  },
  merge: (desk, body) => desk.merge(list(body, 'items')),
  split: (desk, body) => desk.split(text(body, 'item'), list(body, 'photos')),
  move: (desk, body) => desk.move(text(body, 'item'), list(body, 'photos'), text(body, 'to')),
};

/** One item as it was shown, or several by name. What cannot be put aside is told; the others are. */
async function setAside(desk: ReviewDesk, body: Body, kind: 'hold' | 'skip'): Promise<object> {
  if (body.items === undefined) {
    await desk.setAside(text(body, 'item'), kind, text(body, 'shown'));
    return {};
  }
  const refused: { readonly item: string; readonly message: string }[] = [];
  for (const item of list(body, 'items')) {
    try {
      await desk.setAside(item, kind, undefined);
    } catch (error) {
      if (!isEasyflipError(error) || error.code.startsWith('store.')) throw error;
      refused.push({ item, message: error.message });
    }
  }
  return { refused };
}

function text(body: Body, name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  if (typeof value === 'string' && value.length <= TEXT_MAX) return value;
  throw unusable(`lacks "${name}"`);
}

function list(body: Body, name: string): readonly string[] {
  const value = Object.hasOwn(body, name) ? body[name] : [];
  if (Array.isArray(value) && value.length <= ITEMS_MAX && value.every((one) => typeof one === 'string' && one.length <= TEXT_MAX))
    return value;
  throw unusable(`has no list "${name}"`);
}

function record(body: Body, name: string): Readonly<Record<string, string>> {
  const value = Object.hasOwn(body, name) ? body[name] : {};
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  if (entries?.every(([, one]) => typeof one === 'string' && one.length <= TEXT_MAX)) return Object.fromEntries(entries);
  throw unusable(`has no texts "${name}"`);
}
