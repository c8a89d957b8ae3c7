import type { ReviewRow, ShownStates } from '../../app/review/views.ts';
import { moneyLabel } from '../../core/money.ts';
import type { Role } from '../access.ts';
import { type Html, html } from '../html.ts';

export interface RowPlace {
  readonly role: Role;
  readonly states: ShownStates;
  readonly isCurrent: boolean;
}

/** One line of the list. `data-item` is how the script finds it. */
export function rowHtml(row: ReviewRow, { role, states, isCurrent }: RowPlace): Html {
  const title = nameOf(row);
  const select = html`<input type="checkbox" class="select" data-select="${row.id}" aria-label="Select ${title}">`;
  const cover = html`<img src="picture/${row.id}/cover" alt="" width="44" height="44" loading="lazy" decoding="async">`;
  return html`<li class="row" id="row-${row.id}" data-item="${row.id}" data-state="${row.state}">${role === 'approver' && select}<a
 href="./?states=${states}&amp;item=${row.id}" data-open="${row.id}"${isCurrent ? html` aria-current="true"` : ''}>${cover}<span class="words"><span class="title">${title}</span><span class="under">${badge(row)} <span class="price">${row.price ? moneyLabel(row.price) : 'no price'}</span>${reasonOf(row)}</span></span></a></li>`;
}

/** That something waits for a word is told by its state. */
const reasonOf = ({ reason, activity }: ReviewRow): Html | false =>
  reason !== null && activity === null && reason.code !== 'item.awaits-approval' && html` <span class="why">${reason.message}</span>`;

/** How it stands, in a word; never by colour alone. */
export function badge({ state, activity, decision }: ReviewRow): Html {
  if (activity?.kind === 'publishing') return html`<span class="badge going">going live${activity.stage && `: ${activity.stage}`}</span>`;
  if (activity?.kind === 'working-out')
    return html`<span class="badge going">working it out${activity.stage && `: ${activity.stage}`}</span>`;
  const word = state === 'waiting' && decision === 'approve' ? 'approved' : state;
  return html`<span class="badge ${state}">${word}</span>`;
}

/** What an item is called before it has a title. */
export const nameOf = ({ title, source }: Pick<ReviewRow, 'title' | 'source'>): string => title ?? lastPart(source);

const lastPart = (source: string): string => source.split(/[/\\]/).at(-1) ?? source;
