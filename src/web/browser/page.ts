import { ask } from './ask.ts';
import { beginBulkEdit, beginMove, bulkEdit, forgetPreview, merge, move, setSelectedAside, split } from './bulk.ts';
import { article, canDecide, current, isEditing, load, show, step } from './current.ts';
import { one, tell } from './dom.ts';
import { beginEdit, leaveEdit, mark, save, takeBack } from './edit.ts';
import { follow } from './feed.ts';
import { clearSelection, selected, toggle, togglePhoto } from './select.ts';

/* Keys and clicks of the review page. Without this script it can be read; with it, it can be worked with. */

const SAID = { approve: 'Approved; it goes live now.', hold: 'On hold.', skip: 'Skipped.' } as const;

/** About the item as it is shown, and on to the next. */
async function decide(kind: keyof typeof SAID): Promise<void> {
  const shown = article();
  const id = shown?.dataset.item;
  if (!shown || id === undefined) return;
  if (id !== current()) {
    tell('The item is still being loaded.', true);
    return;
  }
  const answer = await ask(kind, { item: id, shown: shown.dataset.shown ?? '' }, () => void load(id));
  if (!answer) return;
  tell(`${id}: ${SAID[kind]}`);
  if (current() === id) step(1);
  else void load(id);
}

const ACTIONS: Readonly<Record<string, () => void>> = {
  approve: () => void decide('approve'),
  hold: () => void decide('hold'),
  skip: () => void decide('skip'),
  edit: beginEdit,
  leave: leaveEdit,
  'edit-selected': beginBulkEdit,
  'hold-selected': () => void setSelectedAside('hold'),
  'skip-selected': () => void setSelectedAside('skip'),
  merge: () => void merge(),
  clear: clearSelection,
  split: () => void split(),
  move: beginMove,
  help: () => one<HTMLDialogElement>('#help').showModal(),
  back: () => {
    document.body.classList.remove('open');
    document.querySelector<HTMLElement>('#rows [aria-current]')?.focus();
  },
  'close-dialog': () => document.querySelector<HTMLDialogElement>('dialog[open]')?.close(),
};

const many = (single: () => void, several: () => void): void => (selected().length > 0 ? several() : single());

/** With a role that decides; the others move about only. */
const DECIDING: Readonly<Record<string, () => void>> = {
  a: () =>
    selected().length > 0 ? tell('Approve one at a time: an approval is of what you see. Esc selects nothing.', true) : ACTIONS.approve?.(),
  h: () =>
    many(
      () => void decide('hold'),
      () => void setSelectedAside('hold'),
    ),
  s: () =>
    many(
      () => void decide('skip'),
      () => void setSelectedAside('skip'),
    ),
  e: () => many(beginEdit, beginBulkEdit),
  m: () => void merge(),
  t: () => void split(),
  v: beginMove,
  x: () => {
    const id = current();
    if (id !== undefined) toggle(id);
  },
};
const MOVING: Readonly<Record<string, () => void>> = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  '?': () => ACTIONS.help?.(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector('dialog[open]')) return;
  const target = event.target as HTMLElement;
  const writes = target.matches('input:not([type=checkbox]), select, textarea');
  if (event.key === 'Escape') {
    if (isEditing()) leaveEdit();
    else clearSelectionIfAny();
    return;
  }
  if (writes || isEditing()) return;
  const photo = canDecide() && /^[1-9]$/.test(event.key) ? Number(event.key) : undefined;
  const action = MOVING[event.key] ?? (canDecide() ? DECIDING[event.key] : undefined);
  if (photo === undefined && !action) return;
  event.preventDefault();
  if (photo !== undefined) togglePhoto(photo);
  else action?.();
});

const clearSelectionIfAny = (): void => {
  if (selected().length > 0) clearSelection();
};

document.addEventListener('click', (event) => {
  const target = event.target as HTMLElement;
  const action = target.closest<HTMLElement>('[data-do]')?.dataset.do;
  if (action !== undefined && ACTIONS[action]) {
    event.preventDefault();
    ACTIONS[action]?.();
    return;
  }
  const field = target.closest<HTMLElement>('[data-take-back]')?.dataset.takeBack;
  if (field !== undefined) {
    void takeBack(field);
    return;
  }
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  const opened = target.closest<HTMLElement>('[data-open]')?.dataset.open;
  if (opened !== undefined && plain) {
    event.preventDefault();
    show(opened, { open: true, focus: false });
    document.querySelector<HTMLElement>('#item')?.focus({ preventScroll: true });
    return;
  }
  const photo = target.closest<HTMLElement>('[data-photo]')?.dataset.photo;
  if (photo !== undefined) {
    event.preventDefault();
    const figure = document.getElementById(`photo-${photo}`);
    figure?.scrollIntoView({ block: 'nearest', inline: 'start' });
    for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit');
    figure?.classList.add('lit');
  }
});

document.addEventListener('change', (event) => {
  const box = event.target as HTMLInputElement;
  if (box.dataset.select !== undefined) toggle(box.dataset.select, box.checked);
});

document.addEventListener('input', (event) => {
  const input = event.target as HTMLElement;
  if (input.dataset.was !== undefined && input.parentElement) mark(input.parentElement);
  if (input.id === 'bulk-field' || input.id === 'bulk-value') forgetPreview();
});

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method === 'dialog') return;
  event.preventDefault();
  if (form.id === 'edit') void save();
  else if (form.id === 'bulk-form') void bulkEdit();
  else if (form.id === 'move-form') void move();
});

follow();
