import { all, one } from './dom.ts';

const chosen = new Set<string>();

export const selected = (): readonly string[] => [...chosen];

export function toggle(id: string, on = !chosen.has(id)): void {
  if (on) chosen.add(id);
  else chosen.delete(id);
  const box = document.querySelector<HTMLInputElement>(`[data-select="${CSS.escape(id)}"]`);
  if (box) box.checked = on;
  tellCount();
}

export function clearSelection(): void {
  for (const id of [...chosen]) toggle(id, false);
}

/** A line that was drawn anew. */
export function keepSelection(row: Element): void {
  const box = row.querySelector<HTMLInputElement>('[data-select]');
  if (box) box.checked = chosen.has(box.dataset.select ?? '');
}

function tellCount(): void {
  const bar = one('#bulk-bar');
  bar.hidden = chosen.size === 0;
  one('#bulk-count').textContent = `${chosen.size} selected`;
}

/** Photos of the item that is shown, by their hash. */
export const chosenPhotos = (): readonly string[] =>
  all<HTMLInputElement>('[data-photo-choice]:checked').map((box) => box.dataset.photoChoice ?? '');

export function togglePhoto(number: number): void {
  const box = document.querySelector<HTMLInputElement>(`#photo-${number} [data-photo-choice]`);
  if (box) box.checked = !box.checked;
}
