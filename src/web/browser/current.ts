import { all, elementOf, one, tell } from './dom.ts';

/** The item that is shown, and the list beside it. */
const WAIT_MS = 60;

let loading: AbortController | undefined;
let waiting: number | undefined;

export const states = (): string => document.body.dataset.states ?? 'todo';
export const canDecide = (): boolean => document.body.dataset.role === 'approver';

export const article = (): HTMLElement | null => document.querySelector<HTMLElement>('#item > article');
export const current = (): string | undefined =>
  document.querySelector<HTMLElement>('#rows [aria-current]')?.dataset.open ?? article()?.dataset.item;

export const isEditing = (): boolean => {
  const form = document.querySelector<HTMLFormElement>('#edit');
  return form !== null && !form.hidden;
};

const links = (): readonly HTMLAnchorElement[] => all<HTMLAnchorElement>('#rows [data-open]');

/** Goes so many lines down; beyond the last one to the next page. */
export function step(by: 1 | -1): void {
  const list = links();
  const at = list.findIndex((link) => link.dataset.open === current());
  const next = list[at + by];
  if (next?.dataset.open) show(next.dataset.open);
  else document.querySelector<HTMLAnchorElement>(`.pager [rel=${by === 1 ? 'next' : 'prev'}]`)?.click();
}

/** Makes it the item that is shown. */
export function show(id: string, { open = document.body.classList.contains('open'), focus = true } = {}): void {
  for (const link of links()) {
    if (link.dataset.open === id) {
      link.setAttribute('aria-current', 'true');
      if (focus && !open) link.focus({ preventScroll: true });
      link.scrollIntoView({ block: 'nearest' });
    } else link.removeAttribute('aria-current');
  }
  document.body.classList.toggle('open', open);
  history.replaceState(null, '', `./?states=${states()}&item=${encodeURIComponent(id)}`);
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => void load(id), WAIT_MS);
}

/** Fetches an item anew; the newest wish counts. */
export async function load(id: string): Promise<void> {
  loading?.abort();
  const mine = new AbortController();
  loading = mine;
  one('#item').setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(`item/${encodeURIComponent(id)}`, { signal: mine.signal });
    const text = await response.text();
    if (mine.signal.aborted) return;
    if (!response.ok) tell(response.status === 404 ? 'This item is not there any more.' : 'The item could not be loaded.', true);
    else put(id, elementOf(text));
  } catch (error) {
    if (!mine.signal.aborted)
      tell(error instanceof Error ? `The item could not be loaded: ${error.message}` : 'It could not be loaded.', true);
  } finally {
    if (loading === mine) one('#item').removeAttribute('aria-busy');
  }
}

function put(id: string, fresh: Element): void {
  const before = article();
  const isSame = before?.dataset.item === id;
  const scrolled = document.querySelector('.photos')?.scrollLeft ?? 0;
  one('#item').replaceChildren(fresh);
  const photos = document.querySelector('.photos');
  if (isSame && photos) photos.scrollLeft = scrolled;
  else if (!isSame) window.scrollTo({ top: 0 });
}
