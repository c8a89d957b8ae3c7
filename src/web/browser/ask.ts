import { tell } from './dom.ts';

interface Refusal {
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** Sends a command; undefined when it was refused, which is told on the page. `stale`: the item is not any more what is shown. */
export async function ask<T extends object>(name: string, body: object, stale?: () => void): Promise<T | undefined> {
  try {
    const response = await fetch(`do/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const answer = (await response.json()) as T & Refusal;
    if (response.ok) return answer;
    tell(answer.error ? `${answer.error.message} ${answer.error.hint}` : 'That did not work.', true);
    if (response.status === 409 || response.status === 404) stale?.();
  } catch {
    tell('easyflip does not answer. Was `easyflip review` ended?', true);
  }
  return undefined;
}

/** Asks yes or no in the page's own dialog; Esc is no. */
export function isSure(question: string): Promise<boolean> {
  const dialog = document.querySelector<HTMLDialogElement>('#sure');
  const text = document.querySelector('#sure-text');
  if (!dialog || !text) return Promise.resolve(false);
  text.textContent = question;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
