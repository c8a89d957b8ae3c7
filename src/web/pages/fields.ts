import type { Choices, ReviewField } from '../../app/review/views.ts';
import { type Html, html } from '../html.ts';

/** More values stand in the edit form. */
const NAMED = 12;
const LONG: ReadonlySet<string> = new Set(['description', 'note', 'privateNote']);

/** Each field with what it rests on, how sure that is, and what eBay allows. */
export function fieldsTable(fields: readonly ReviewField[]): Html {
  const shown = fields.filter(({ group, value, name }) => group !== 'more' && !(name === 'description' && value === ''));
  return html`<table class="fields">
<caption>Fields and what they rest on</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Evidence</th><th scope="col">Sure</th></tr></thead>
<tbody>${shown.map(fieldRow)}</tbody>
</table>`;
}

function fieldRow(field: ReviewField): Html {
  const { label, required, value, meaning, said, confidence, choices } = field;
  const none = html`<span class="none">${required ? 'not known, and required' : 'none'}</span>`;
  return html`<tr class="${value === '' && required ? 'open' : ''}"><th scope="row">${label}${required && html`<span class="required" title="eBay requires it"> *</span>`}</th>
<td class="value">${value === '' ? none : html`<span${said && html` class="said"`}>${value}</span>`}${meaning !== null && meaning !== value && html`<span class="meaning">${meaning}</span>`}${choices && allowedHtml(choices)}</td>
<td class="evidence">${evidenceHtml(field)}</td>
<td class="sure">${confidence === null ? '' : sureHtml(confidence)}</td></tr>`;
}

function evidenceHtml({ evidence, why, value }: ReviewField): Html {
  if (value === '') return html`${why}`;
  return html`${evidence.map(
    ({ text, photo }) =>
      html`<span class="piece">${photo === null ? text : html`<a href="#photo-${photo}" data-photo="${photo}">${text}</a>`}</span>`,
  )}`;
}

const sureHtml = (confidence: number): Html =>
  html`<span class="${confidence < 0.7 ? 'unsure' : ''}">${Math.round(confidence * 100)} %</span>`;

function allowedHtml({ values, only, multi, total }: Choices): Html {
  const named = values.slice(0, NAMED).map(({ label }) => label);
  const rest = total - named.length;
  return html`<details class="allowed"><summary>${only ? 'eBay allows only' : 'eBay knows'} ${total}${multi && ', several may be given'}</summary>${named.join(', ')}${rest > 0 && ` … and ${rest} more`}</details>`;
}

/** The same fields to be changed. What stood there before is beside each, so that only what is changed is sent. */
export function editForm(item: string, shown: string, fields: readonly ReviewField[], choicesMissing: string | null): Html {
  const of = (group: ReviewField['group']): readonly Html[] =>
    fields.flatMap((field, at) => (field.group === group ? [input(field, at)] : []));
  return html`<form class="edit" id="edit" data-item="${item}" data-shown="${shown}" hidden novalidate autocomplete="off">
<h3 id="edit-title">Edit</h3>
<p class="hint">Tab goes on, Enter saves, Esc leaves. An emptied field is left out of the listing; what you said before can be taken back.${choicesMissing !== null && ` ${choicesMissing}`}</p>
<div class="grid">${of('main')}${of('specifics')}</div>
<details class="more"><summary>More fields</summary><div class="grid">${of('more')}</div></details>
<p class="buttons"><button type="submit">Save</button> <button type="button" data-do="leave">Leave</button></p>
</form>`;
}

function input({ name, label, value, canTakeBack, required, choices }: ReviewField, at: number): Html {
  const id = `field-${at}`;
  const marks = html`id="${id}" name="${name}" data-was="${value}"`;
  const takeBack = html` <button type="button" class="small" data-take-back="${name}" aria-label="Take back ${label}">take back</button>`;
  const heading = html`<span class="heading"><label for="${id}">${label}${required && html`<span class="required"> *</span>`}</label>${canTakeBack && takeBack}</span>`;
  if (choices?.only && !choices.multi && choices.values.length === choices.total) {
    const known = choices.values.some((one) => one.value === value);
    const options = choices.values.map(
      (one) => html`<option value="${one.value}"${one.value === value && html` selected`}>${one.label}</option>`,
    );
    return html`<div class="field">${heading}<select ${marks}><option value=""></option>${!known && value !== '' && html`<option value="${value}" selected>${value}</option>`}${options}</select></div>`;
  }
  if (LONG.has(name)) return html`<div class="field wide">${heading}<textarea ${marks} rows="3">${value}</textarea></div>`;
  const list = `choices-${at}`;
  const several = choices?.multi && html`<span class="hint">several: part them with ;</span>`;
  const options =
    choices &&
    html`<datalist id="${list}">${choices.values.map((one) => html`<option value="${one.value}">${one.label}</option>`)}</datalist>`;
  return html`<div class="field${name === 'title' ? ' wide' : ''}">${heading}<input ${marks} value="${value}"${choices && html` list="${list}"`}${name === 'title' && html` maxlength="80"`}>${several}${options}</div>`;
}
