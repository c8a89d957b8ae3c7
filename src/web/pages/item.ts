import type { ReviewItem } from '../../app/review/views.ts';
import type { Reason } from '../../core/errors.ts';
import { moneyLabel } from '../../core/money.ts';
import type { Role } from '../access.ts';
import { type Html, html } from '../html.ts';
import { editForm, fieldsTable } from './fields.ts';
import { badge, nameOf } from './row.ts';

/** Where no word can change anything any more. */
const OVER: ReadonlySet<string> = new Set(['live', 'sold', 'ended']);

/** Everything of one item. `data-shown` is what an approval is bound to. */
export function itemHtml(item: ReviewItem, role: Role): Html {
  const { row, shown, show, fields, choicesMissing } = item;
  const canDecide = role === 'approver' && !OVER.has(row.state);
  const title = nameOf(row);
  return html`<article data-item="${row.id}" data-shown="${shown}" data-state="${row.state}" data-busy="${row.activity ? row.activity.kind : ''}" aria-labelledby="item-title">
<header class="item-head">
<p class="back"><a href="./" data-do="back">Back to the list</a></p>
<h2 id="item-title" tabindex="-1">${title}</h2>
<p class="facts"><span class="price">${row.price ? moneyLabel(row.price) : 'no price'}</span> ${badge(row)} <span>${row.id}</span> <span>SKU ${row.sku}</span>${link(row.listingUrl)}</p>
${canDecide && actions(row.activity !== null)}
</header>
${item.questions.length > 0 && row.activity === null && html`<section class="questions" aria-label="What holds it">${item.questions.map(question)}</section>`}
${pictures(item, canDecide)}
${canDecide && editForm(row.id, shown, fields, choicesMissing)}
<section class="read">${fieldsTable(fields)}</section>
${comparables(item)}
${item.descriptionText !== null && html`<section><h3>Description</h3><p class="description">${item.descriptionText}</p></section>`}
${show.unknowns.length > 0 && html`<section><h3>Not known</h3><ul class="plain">${show.unknowns.map(({ name, why }) => html`<li><b>${name}</b> ${why}</li>`)}</ul></section>`}
<p class="source">${row.source}</p>
</article>`;
}

const actions = (busy: boolean): Html => {
  const off = busy && html` disabled`;
  return html`<div class="actions" role="toolbar" aria-label="Decide">
<button type="button" class="yes" data-do="approve"${off}>Approve <kbd>a</kbd></button>
<button type="button" data-do="edit"${off}>Edit <kbd>e</kbd></button>
<button type="button" data-do="hold">Hold <kbd>h</kbd></button>
<button type="button" data-do="skip">Skip <kbd>s</kbd></button>
<button type="button" data-do="split"${off}>Split off <kbd>t</kbd></button>
<button type="button" data-do="move"${off}>Move photos <kbd>v</kbd></button>
</div>`;
};

const question = ({ code, message, hint }: Reason): Html =>
  html`<div class="question"><p><b>${message}</b> <code>${code}</code></p><p class="hint">${cureOf(code, hint)}</p></div>`;

/** Hints name commands; here a key does the same. What is between backquotes is a command still. */
function cureOf(code: Reason['code'], hint: string): Html {
  if (code === 'item.awaits-approval') return html`Look at it, then approve it (a), or change it first (e).`;
  if (code === 'item.on-hold' || code === 'item.skipped') return html`Approve it (a) if it shall be listed after all.`;
  if (ASKS_FOR_A_FIELD.test(code)) return html`Say what is true (e): it is worked out anew, and waits for your word.`;
  return html`${hint.split('`').map((part, at) => (at % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

const ASKS_FOR_A_FIELD =
  /^(aspect\.|category\.(unknown|ambiguous)|condition\.unknown|price\.no-basis|listing\.package-missing|text\.unfit|check\.failed)/;

/** Only addresses of the web: a listing's address comes from outside. */
const link = (url: string | null): Html | false =>
  url !== null && /^https?:\/\//i.test(url) && html` <a href="${url}" rel="noreferrer noopener" target="_blank">Listing</a>`;

function pictures({ row, photos }: ReviewItem, canChoose: boolean): Html {
  const each = photos.map(({ number, hash, name, labels, problems, changes, place }) => {
    const address = `picture/${row.id}/${hash}`;
    const notes = [
      ...problems.map(({ severity, reason }) => `${severity === 'hold' ? 'Holds it: ' : ''}${reason.message}`),
      asSentence(changes.map(({ what, note }) => `${what.replace('-', ' ')} ${note}`).join(', ')),
    ].filter((note) => note !== '');
    const crops = Array.from(
      { length: labels },
      (_, at) =>
        html`<a href="${address}/label-${at + 1}" target="_blank" rel="noopener"><img src="${address}/label-${at + 1}" alt="Label ${at + 1} on photo ${number}" loading="lazy" decoding="async"></a>`,
    );
    const choose = html`<label class="choose"><input type="checkbox" data-photo-choice="${hash}"> choose</label>`;
    return html`<figure id="photo-${number}" class="photo" tabindex="-1"><a href="${address}/large" target="_blank" rel="noopener"><img src="${address}/large" alt="Photo ${number}: ${name}"${number > 2 && html` loading="lazy"`} decoding="async"></a>
<figcaption><b>${number}</b> ${name}${place === 1 && ' · cover'}${canChoose && photos.length > 1 && choose}${notes.length > 0 && html`<span class="notes">${notes.join(' ')}</span>`}</figcaption>
${crops.length > 0 && html`<div class="labels" role="group" aria-label="Labels on photo ${number}">${crops}</div>`}</figure>`;
  });
  return html`<section class="photos" aria-label="Photos">${each}</section>`;
}

const asSentence = (text: string): string => (text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

function comparables({ comparables: others, priceBasis }: ReviewItem): Html | false {
  if (others.length === 0 && priceBasis === null) return false;
  const rows = others.map(
    ({ title, price, condition }) => html`<tr><td class="amount">${price}</td><td>${title}</td><td>${condition}</td></tr>`,
  );
  return html`<section><h3>Price</h3><p>${priceBasis}</p>${
    rows.length > 0 &&
    html`<table class="comparables"><caption>What others ask now</caption><thead><tr><th scope="col">Asked</th><th scope="col">Title</th><th scope="col">Condition</th></tr></thead><tbody>${rows}</tbody></table>`
  }</section>`;
}
