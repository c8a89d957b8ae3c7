/** The one element that fits; the page has it always. */
export function one<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
  const found = within.querySelector<E>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

export const all = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): readonly E[] => [
  ...within.querySelectorAll<E>(selector),
];

/** HTML of our own server, in which all from outside is escaped; the page's policy lets nothing run that is not page.js. */
export function elementOf(html: string): Element {
  const holder = document.createElement('template');
  holder.innerHTML = html;
  const found = holder.content.firstElementChild;
  if (!found) throw new Error('The server sent nothing.');
  return found;
}

let hiding: number | undefined;

/** A word at the lower edge, read out by screen readers; trouble stays longer. */
export function tell(message: string, trouble = false): void {
  const notice = one('#notice');
  notice.textContent = message;
  notice.classList.toggle('trouble', trouble);
  window.clearTimeout(hiding);
  hiding = window.setTimeout(
    () => {
      notice.textContent = '';
    },
    trouble ? 12_000 : 5_000,
  );
}
