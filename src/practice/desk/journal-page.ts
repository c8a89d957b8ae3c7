import { escapeHtml, layout, PAGE_HEADERS } from '../pages/page-layout.ts';
import type { Reply } from '../wire/wire.ts';
import type { Journal, JournalEntry, JournalFilter } from './journal.ts';

const PAGE_SIZE = 100;
/** What is read on a page; the whole is at /_practice/requests. */
const SHOWN_MAX = 20_000;

/** The filter in an address: `after`, `before`, `search`, `status`, `limit`, as /_practice/requests takes it. */
export function journalFilter(query: URLSearchParams): JournalFilter {
  const number = (name: string) => (/^\d+$/.test(query.get(name) ?? '') ? { [name]: Number(query.get(name)) } : {});
  return {
    ...number('after'),
    ...number('before'),
    ...number('limit'),
    search: query.get('search') ?? '',
    status: query.get('status') ?? '',
  };
}

/** GET /_practice/journal: the newest calls first, to be searched and opened. */
export function journalPage(journal: Journal, query: URLSearchParams): Reply {
  const filter = journalFilter(query);
  const found = journal.list({ ...filter, limit: PAGE_SIZE + 1, newest: true }).toReversed();
  const entries = found.slice(0, PAGE_SIZE);
  const last = entries.at(-1);
  const older = found.length > PAGE_SIZE && last !== undefined ? olderLink(filter, last.n) : '';
  const body = `<h1>Journal</h1>
<p class="soft">Every call of the eBay API that arrived here, newest first. Programs read <a href="/_practice/requests">/_practice/requests</a>.</p>
${searchForm(filter)}
${entries.length === 0 ? emptyState(filter) : `<ol class="calls">${entries.map(row).join('')}</ol>`}${older}`;
  return { status: 200, body: layout('Journal', body), headers: PAGE_HEADERS };
}

function searchForm({ search = '', status = '' }: JournalFilter): string {
  const choices = [
    ['', 'any status'],
    ['2xx', '2xx, done'],
    ['4xx', '4xx, refused'],
    ['5xx', '5xx, failed'],
    ['0', '0, cut before the work'],
    ['open', 'under way'],
  ] as const;
  const known = choices.some(([value]) => value === status);
  const options = [...choices, ...(known ? [] : [[status, status] as const])].map(
    ([value, label]) => `<option value="${escapeHtml(value)}"${value === status ? ' selected' : ''}>${escapeHtml(label)}</option>`,
  );
  return `<form class="filters" method="get" role="search"><label>Path or operation <input type="search" name="search" value="${escapeHtml(search)}"></label>
<label>Status <select name="status">${options.join('')}</select></label><button>Show</button></form>`;
}

function row(entry: JournalEntry): string {
  const state = entry.status === null ? 'open' : entry.status === 0 ? 'cut' : String(entry.status);
  const kind = entry.status !== null && entry.status >= 200 && entry.status < 400 ? 'fine' : 'bad';
  const fault = entry.fault === null ? '' : ` <span class="badge">fault: ${escapeHtml(entry.fault)}</span>`;
  const headers = Object.entries(entry.headers).map(([name, value]) => `${name}: ${value}`);
  return `<li><details><summary><span class="number">${entry.n}</span> <span class="status ${kind}">${state}</span>
<span class="what"><b>${escapeHtml(entry.method)}</b> <span class="path">${escapeHtml(entry.path)}</span>${fault}</span></summary>
<p class="soft">${escapeHtml(entry.operation ?? 'no operation of eBay’s')} · ${escapeHtml(entry.host)} · ${new Date(entry.at).toISOString()}</p>
<pre tabindex="0">${escapeHtml(headers.join('\n'))}</pre>${whole(entry.body)}${answerOf(entry)}</details></li>`;
}

/** Why it was refused; what went well is not kept. */
function answerOf({ answer }: JournalEntry): string {
  return answer === null ? '' : `<p class="soft">Answer</p>${whole(answer)}`;
}

function whole(content: unknown): string {
  if (content === null) return '';
  const text = JSON.stringify(content, null, 2);
  const more = text.length > SHOWN_MAX ? `\n… ${text.length - SHOWN_MAX} more characters` : '';
  return `<pre tabindex="0">${escapeHtml(text.slice(0, SHOWN_MAX) + more)}</pre>`;
}

function olderLink(filter: JournalFilter, before: number): string {
  const query = new URLSearchParams({ search: filter.search ?? '', status: filter.status ?? '', before: String(before) });
  return `<p><a href="?${escapeHtml(query.toString())}">Older calls</a></p>`;
}

function emptyState({ search = '', status = '' }: JournalFilter): string {
  return search === '' && status === ''
    ? '<div class="empty"><h2>No calls yet</h2><p>Point your program at this server and its calls appear here.</p></div>'
    : '<div class="empty"><h2>No call fits</h2><p><a href="/_practice/journal">Show all calls</a></p></div>';
}
