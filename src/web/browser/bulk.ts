import { ask, isSure } from './ask.ts';
import { article, load, show } from './current.ts';
import { all, one, tell } from './dom.ts';
import { chosenPhotos, clearSelection, selected } from './select.ts';

interface Edited {
  readonly edited: readonly {
    readonly item: string;
    readonly withdrawsApproval: boolean;
    readonly changes: readonly {
      readonly field: string;
      readonly from: string | null;
      readonly to: string | null;
      readonly leftOut: boolean;
    }[];
  }[];
}

interface Grouped {
  readonly items: readonly string[];
  readonly waits: string | null;
}

const bulk = (): HTMLDialogElement => one<HTMLDialogElement>('#bulk');
let previewed: string | undefined;

export function beginBulkEdit(): void {
  if (selected().length === 0) {
    tell('Select items first, with x.', true);
    return;
  }
  forgetPreview();
  bulk().showModal();
  one<HTMLInputElement>('#bulk-field').focus();
}

export function forgetPreview(): void {
  previewed = undefined;
  one('#bulk-preview').replaceChildren();
  one('#bulk-go').textContent = 'Show what changes';
}

/** First Enter shows what would change, the second changes it. */
export async function bulkEdit(): Promise<void> {
  const field = one<HTMLInputElement>('#bulk-field').value.trim();
  const value = one<HTMLInputElement>('#bulk-value').value.trim();
  const items = selected();
  const body = { items, set: value === '' ? {} : { [field]: value }, remove: value === '' ? [field] : [] };
  const key = JSON.stringify(body);
  const preview = previewed !== key;
  const answer = await ask<Edited>('edit', { ...body, preview });
  if (!answer) return;
  if (preview) {
    previewed = key;
    showPreview(answer);
    return;
  }
  bulk().close();
  const changed = answer.edited.filter(({ changes }) => changes.length > 0).length;
  tell(`${changed} of ${items.length} items changed; they are worked out anew.`);
  clearSelection();
}

function showPreview({ edited }: Edited): void {
  const table = document.createElement('table');
  for (const { item, changes, withdrawsApproval } of edited) {
    const row = table.insertRow();
    const name = document.createElement('th');
    name.scope = 'row';
    name.textContent = item;
    row.append(name);
    const text = changes
      .map(({ from, to, leftOut }) => `${from ?? 'none'} → ${to ?? (leftOut ? 'left out' : 'as photos tell')}`)
      .join(', ');
    row.insertCell().textContent = `${text || 'is so already'}${withdrawsApproval ? '; its approval is withdrawn' : ''}`;
  }
  one('#bulk-preview').replaceChildren(table);
  one('#bulk-go').textContent = 'Change it so';
  one('#bulk-go').focus();
}

export async function setSelectedAside(kind: 'hold' | 'skip'): Promise<void> {
  const items = selected();
  if (!(await isSure(`${kind === 'hold' ? 'Hold' : 'Skip'} ${items.length} items?`))) return;
  const answer = await ask<{ readonly refused: readonly { readonly message: string }[] }>(kind, { items });
  if (!answer) return;
  clearSelection();
  if (answer.refused.length > 0) tell(answer.refused.map(({ message }) => message).join(' '), true);
  else tell(`${items.length} items ${kind === 'hold' ? 'on hold' : 'skipped'}.`);
}

export async function merge(): Promise<void> {
  const items = selected();
  if (items.length < 2) {
    tell('Select two items or more, with x.', true);
    return;
  }
  if (!(await isSure(`Make these ${items.length} items one? Their photos are one thing from now on.`))) return;
  const answer = await ask<Grouped>('merge', { items });
  if (!answer) return;
  clearSelection();
  regrouped(answer, 'Merged.');
}

export async function split(): Promise<void> {
  const id = article()?.dataset.item;
  const photos = chosenPhotos();
  if (id === undefined) return;
  if (photos.length === 0) {
    tell('Choose photos first: their numbers on the keyboard, or the boxes below them.', true);
    return;
  }
  if (!(await isSure(`Make ${photos.length === 1 ? 'this photo' : `these ${photos.length} photos`} an item of its own?`))) return;
  const answer = await ask<Grouped>('split', { item: id, photos }, () => void load(id));
  if (answer) regrouped(answer, 'Split.');
}

export function beginMove(): void {
  const id = article()?.dataset.item;
  if (chosenPhotos().length === 0) {
    tell('Choose photos first: their numbers on the keyboard, or the boxes below them.', true);
    return;
  }
  const options = all('#rows > li')
    .filter((row) => row.dataset.item !== id)
    .map((row) => new Option(`${row.querySelector('.title')?.textContent ?? ''} (${row.dataset.item})`, row.dataset.item));
  if (options.length === 0) {
    tell('There is no other item in this list.', true);
    return;
  }
  const select = one<HTMLSelectElement>('#move-to');
  select.replaceChildren(...options);
  one<HTMLDialogElement>('#move-dialog').showModal();
  select.focus();
}

export async function move(): Promise<void> {
  const id = article()?.dataset.item;
  const to = one<HTMLSelectElement>('#move-to').value;
  one<HTMLDialogElement>('#move-dialog').close();
  if (id === undefined || to === '') return;
  const answer = await ask<Grouped>('move', { item: id, photos: chosenPhotos(), to }, () => void load(id));
  if (answer) regrouped(answer, 'Moved.');
}

function regrouped({ items, waits }: Grouped, done: string): void {
  if (waits !== null) tell(`${done} It counts with the next \`easyflip list\` of the folders: ${waits}`, true);
  else tell(`${done} The items are worked out anew.`);
  const [first] = items;
  if (first !== undefined) show(first, { focus: false });
}
