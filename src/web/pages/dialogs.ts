import type { Role } from '../access.ts';
import { type Html, html } from '../html.ts';

const KEYS: readonly (readonly [string, string, Role])[] = [
  ['j, ↓', 'next item', 'viewer'],
  ['k, ↑', 'previous item', 'viewer'],
  ['Enter', 'open the item (on a phone)', 'viewer'],
  ['a', 'approve: what you see goes live, exactly so', 'approver'],
  ['s', 'skip: it is not listed', 'approver'],
  ['h', 'hold: it is kept back', 'approver'],
  ['e', 'edit this item, or all that are selected', 'approver'],
  ['x', 'select this item', 'approver'],
  ['m', 'merge the selected items into one', 'approver'],
  ['1 … 9', 'choose photo 1 … 9', 'approver'],
  ['t', 'split the chosen photos off, as an item of their own', 'approver'],
  ['v', 'move the chosen photos to another item', 'approver'],
  ['Esc', 'leave a form, or select nothing', 'viewer'],
  ['?', 'these keys', 'viewer'],
];

/** What opens over the page; each closes with Esc. */
export function dialogs(role: Role, fields: readonly string[]): Html {
  const keys = KEYS.filter(([, , of]) => of === 'viewer' || role === 'approver');
  const help = html`<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">Keys</h2>
<table><tbody>${keys.map(([key, what]) => html`<tr><th scope="row"><kbd>${key}</kbd></th><td>${what}</td></tr>`)}</tbody></table>
<form method="dialog"><button>Close</button></form></dialog>`;
  if (role === 'viewer') return help;
  return html`${help}
<dialog id="bulk" aria-labelledby="bulk-title"><h2 id="bulk-title">Edit the selected items</h2>
<form id="bulk-form" autocomplete="off"><div class="grid"><div class="field"><label for="bulk-field">Field</label><input id="bulk-field" list="bulk-fields" required></div>
<div class="field"><label for="bulk-value">Value for all of them</label><input id="bulk-value"></div></div>
<datalist id="bulk-fields">${fields.filter((name) => name !== 'photos').map((name) => html`<option value="${name}"></option>`)}</datalist>
<p class="hint">A field, or an item specific such as aspects.Pattern. An empty value leaves the field out.</p>
<div id="bulk-preview" role="status" aria-live="polite"></div>
<p class="buttons"><button type="submit" id="bulk-go">Show what changes</button> <button type="button" data-do="close-dialog">Leave</button></p></form></dialog>
<dialog id="move-dialog" aria-labelledby="move-title"><h2 id="move-title">Move the chosen photos</h2>
<form id="move-form" autocomplete="off"><div class="field"><label for="move-to">To the item</label><select id="move-to" required></select></div>
<p class="buttons"><button type="submit">Move</button> <button type="button" data-do="close-dialog">Leave</button></p></form></dialog>
<dialog id="sure" aria-labelledby="sure-title"><h2 id="sure-title">Sure?</h2><form method="dialog"><p id="sure-text"></p>
<p class="buttons"><button value="yes" class="yes">Yes</button> <button value="">No</button></p></form></dialog>`;
}
