import type { ReviewItem, ReviewList, ShownStates } from '../../app/review/views.ts';
import { FIELDS } from '../../intake/field-text.ts';
import type { Role } from '../access.ts';
import { type Html, html } from '../html.ts';
import { dialogs } from './dialogs.ts';
import { itemHtml } from './item.ts';
import { rowHtml } from './row.ts';

const TABS: readonly (readonly [ShownStates, string])[] = [
  ['todo', 'To decide'],
  ['waiting', 'Under way'],
  ['live', 'Live'],
  ['skipped', 'Skipped'],
  ['all', 'All'],
];

export interface PageRequest {
  readonly list: ReviewList;
  readonly item: ReviewItem | undefined;
  readonly role: Role;
  /** The address named an item: a phone shows it instead of the list. */
  readonly isOpen: boolean;
}

/** The whole page, also without its script. */
export function reviewPage({ list, item, role, isOpen }: PageRequest): string {
  const { states, rows, page, pages, counts, environment } = list;
  const tabs = TABS.map(
    ([name, word]) =>
      html`<a href="./?states=${name}"${name === states && html` aria-current="page"`}>${word} <span class="count" data-count="${name}">${counts[name]}</span></a>`,
  );
  const lines = rows.map((row) => rowHtml(row, { role, states, isCurrent: row.id === item?.row.id }));
  const body = html`<a class="skip-link" href="#item">Skip to the item</a>
<header class="top"><h1>easyflip <span>review</span></h1>
<nav aria-label="Which items">${tabs}</nav>
<p class="who"><span class="badge ${environment}">${environment}</span> <span class="badge">${role}</span> <button type="button" data-do="help">Keys <kbd>?</kbd></button></p></header>
<p class="notice" id="notice" role="status" aria-live="polite"></p>
<main class="panes">
<nav class="list" aria-label="Items">
${role === 'approver' && bulkBar()}
<ul id="rows">${lines}</ul>
${rows.length === 0 && html`<p class="empty">${states === 'todo' ? 'Nothing waits for you.' : 'There is nothing here.'}</p>`}
${pages > 1 && pager(states, page, pages)}
</nav>
<section id="item" tabindex="-1" aria-label="Item">${item ? itemHtml(item, role) : html`<p class="empty">Choose an item.</p>`}</section>
</main>
${dialogs(role, FIELDS)}`;
  return layout('easyflip review', body, { role, states, open: isOpen });
}

const bulkBar = (): Html => html`<div class="bulk" id="bulk-bar" role="toolbar" aria-label="Selected items" hidden><b id="bulk-count"></b>
<button type="button" data-do="edit-selected">Edit <kbd>e</kbd></button><button type="button" data-do="hold-selected">Hold <kbd>h</kbd></button><button type="button" data-do="skip-selected">Skip <kbd>s</kbd></button><button type="button" data-do="merge">Merge <kbd>m</kbd></button><button type="button" data-do="clear">Clear <kbd>Esc</kbd></button></div>`;

function pager(states: ShownStates, page: number, pages: number): Html {
  const to = (target: number, word: string, rel: string): Html =>
    target < 1 || target > pages
      ? html`<span class="off">${word}</span>`
      : html`<a href="./?states=${states}&amp;page=${target}" rel="${rel}">${word}</a>`;
  return html`<p class="pager">${to(page - 1, 'Previous', 'prev')} <span>page ${page} of ${pages}</span> ${to(page + 1, 'Next', 'next')}</p>`;
}

/** A page of one sentence, for those who may not in. */
export function plainPage(title: string, message: string, hint: string): string {
  return layout(title, html`<main class="plain-page"><h1>${title}</h1><p>${message}</p><p>${hint}</p></main>`, undefined);
}

function layout(
  title: string,
  body: Html,
  page: { readonly role: Role; readonly states: ShownStates; readonly open: boolean } | undefined,
): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${page && html`<link rel="icon" href="icon.svg"><link rel="stylesheet" href="style.css"><script src="page.js" defer></script>`}
</head>
<body${page && html` data-role="${page.role}" data-states="${page.states}" class="${page.open ? 'open' : ''}"`}>${body}</body>
</html>
`.safe;
}
