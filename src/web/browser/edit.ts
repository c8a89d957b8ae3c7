import { ask } from './ask.ts';
import { load } from './current.ts';
import { all, one, tell } from './dom.ts';

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>('#edit');

export function beginEdit(): void {
  const found = form();
  if (!found) {
    tell('This item cannot be edited now.', true);
    return;
  }
  found.hidden = false;
  found.scrollIntoView({ block: 'start' });
  const open = all<Input>('[data-was=""]', found).find((input) => input.closest('.field')?.querySelector('.required'));
  (open ?? one<Input>('[data-was]', found)).focus();
}

export function leaveEdit(): void {
  const found = form();
  if (!found) return;
  found.reset();
  found.hidden = true;
  mark(found);
  document.querySelector<HTMLElement>('#item-title')?.focus();
  if (found.dataset.item) void load(found.dataset.item);
}

/** Shows which fields are another than they were. */
export function mark(within: ParentNode): void {
  for (const input of all<Input>('[data-was]', within)) input.classList.toggle('changed', isChanged(input));
}

const isChanged = (input: Input): boolean => input.value.trim() !== (input.dataset.was ?? '').trim();

/** Sends what was changed, and nothing else. */
export async function save(): Promise<void> {
  const found = form();
  if (!found) return;
  const { item = '', shown = '' } = found.dataset;
  const changed = all<Input>('[data-was]', found).filter(isChanged);
  if (changed.length === 0) {
    leaveEdit();
    return;
  }
  const given = changed.filter((input) => input.value.trim() !== '');
  const emptied = changed.filter((input) => input.value.trim() === '');
  const answer = await ask('edit', {
    items: [item],
    shown,
    set: Object.fromEntries(given.map((input) => [input.name, input.value])),
    remove: emptied.map((input) => input.name),
  });
  if (answer) await saved(item);
}

/** What was said of one field before counts no more. */
export async function takeBack(name: string): Promise<void> {
  const found = form();
  const { item = '', shown = '' } = found?.dataset ?? {};
  if (found && (await ask('edit', { items: [item], shown, unset: [name] }))) await saved(item);
}

async function saved(item: string): Promise<void> {
  const found = form();
  if (found) found.hidden = true;
  tell('Saved. It is worked out anew.');
  document.querySelector<HTMLElement>('#item-title')?.focus();
  await load(item);
}
