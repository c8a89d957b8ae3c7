import { article, current, isEditing, load, states } from './current.ts';
import { all, elementOf, one, tell } from './dom.ts';
import { keepSelection } from './select.ts';

const REFRESH_MS = 1_000;

interface ItemTold {
  readonly id: string;
  readonly row: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Follows what the program tells, for as long as the page is open. */
export function follow(): void {
  const events = new EventSource('events');
  let wasLost = false;
  events.addEventListener('error', () => {
    if (!wasLost) tell('easyflip does not answer; the page shows what was. Was `easyflip review` ended?', true);
    wasLost = true;
  });
  events.addEventListener('hello', () => {
    if (wasLost) location.reload();
  });
  events.addEventListener('item', (event) => take(JSON.parse((event as MessageEvent<string>).data) as ItemTold));
  events.addEventListener('notice', (event) => {
    const { message, trouble } = JSON.parse((event as MessageEvent<string>).data) as { message: string; trouble: boolean };
    tell(message, trouble);
  });
  events.addEventListener('all', () => void refreshList());
}

function take({ id, row, counts }: ItemTold): void {
  replaceRow(id, row);
  for (const count of all('[data-count]')) count.textContent = String(counts[count.dataset.count ?? ''] ?? count.textContent);
  if (article()?.dataset.item !== id || current() !== id) return;
  if (isEditing()) tell('This item has changed meanwhile; saving will be refused. Leave the form to see it.', true);
  else void load(id);
}

function replaceRow(id: string, html: string): void {
  const old = document.getElementById(`row-${id}`);
  const fresh = elementOf(html);
  if (!old) {
    if (states() === 'todo' && fresh.matches('[data-state=held], [data-state=failed]')) refreshSoon();
    return;
  }
  const link = fresh.querySelector<HTMLElement>('[data-open]');
  if (old.querySelector('[aria-current]')) link?.setAttribute('aria-current', 'true');
  const focused = document.activeElement;
  const focus = focused && old.contains(focused) ? (focused.matches('.select') ? '.select' : '[data-open]') : undefined;
  old.replaceWith(fresh);
  keepSelection(fresh);
  if (focus) fresh.querySelector<HTMLElement>(focus)?.focus({ preventScroll: true });
}

let refreshing: number | undefined;

/** An item that is not on this page waits for a word now; several of them are one look. */
function refreshSoon(): void {
  if (refreshing !== undefined) return;
  refreshing = window.setTimeout(() => {
    refreshing = undefined;
    void refreshList();
  }, REFRESH_MS);
}

/** Items came or went: the same page of the list, fetched anew. */
async function refreshList(): Promise<void> {
  const response = await fetch(location.href, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const shown = current();
  one('#rows').replaceChildren(...all('#rows > li', page));
  for (const link of all('#rows [data-open]')) {
    if (link.dataset.open === shown) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  for (const row of all('#rows > li')) keepSelection(row);
  for (const count of all('[data-count]', page)) one(`[data-count="${count.dataset.count}"]`).textContent = count.textContent;
}
