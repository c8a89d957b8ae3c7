import { percent, rates, usd } from './eval.ts';
import type { EvalComparison, EvalRun, FieldTally, FieldVerdict, JudgedItem } from './eval-view.ts';
import { escapeHtml as safe } from './listings-style.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #d9dde3; --soft: #5c6470; --back: #f5f6f8; --card: #fff; --good: #177245; --bad: #b3261e; --gap: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --line: #3a3f47; --soft: #a3abb8; --back: #16181c; --card: #1f2227; --good: #5fd39a; --bad: #ff8a80; --gap: #f0b45a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0; font-size: 1.6rem; overflow-wrap: anywhere; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.15rem; }
header p, .note { margin: .25rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem; margin: 0; }
.figures div { padding: .75rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
.figures dt { color: var(--soft); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.35rem; font-weight: 650; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .75rem; border-top: 1px solid var(--line); text-align: right; white-space: nowrap; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .85rem; }
th:first-child, td.words { text-align: left; }
td.words { white-space: normal; min-width: 12rem; overflow-wrap: anywhere; }
tbody tr:last-child th { font-weight: 700; }
.right { color: var(--good); } .wrong { color: var(--bad); font-weight: 600; } .missing { color: var(--gap); }
details { margin: .5rem 0; padding: .5rem .75rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
details ul { margin: .5rem 0; padding-left: 1.25rem; overflow-wrap: anywhere; }
`;

/** `easyflip eval DIR --html FILE`: one page that needs nothing else. */
export function evalPage(run: EvalRun, comparison: EvalComparison | null): string {
  const { tally, provider, model, folder, at, items, notes } = run;
  const name = `${provider}${model ? ` ${model}` : ''}`;
  const figures: readonly (readonly [string, string])[] = [
    ['wrong values', percent(tally.all.wrongRate)],
    ['recall', percent(tally.all.recall)],
    ['wrong and certain', String(tally.all.wrongAndCertain)],
    ['silent where nothing shows', percent(tally.abstention.kept)],
    ['silences that were right', percent(tally.abstention.justified)],
    ['first category right', percent(tally.categories.top1)],
    ['right among three', percent(tally.categories.top3)],
    [`sound titles of ${tally.titles.built}`, percent(tally.titles.sound)],
    ['cost an item', usd(tally.costPerItemUsd ?? 0)],
    ['time an item', tally.medianSeconds === null ? '–' : `${tally.medianSeconds.toFixed(1)} s`],
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>easyflip eval: ${safe(name)}</title><style>${STYLE}</style></head><body>
<header><h1>${safe(name)}</h1><p>${tally.items} items of ${safe(folder)}, ${tally.failed} failed; ${safe(at)}</p></header>
<main>
<dl class="figures">${figures.map(([title, value]) => `<div><dt>${safe(title)}</dt><dd>${safe(value)}</dd></div>`).join('')}</dl>
${notes.map((note) => `<p class="note">${safe(note)}</p>`).join('\n')}
<h2>By field</h2>
<div class="scroll" tabindex="0" role="region" aria-label="By field"><table><thead><tr>${HEAD}</tr></thead>
<tbody>${Object.entries(tally.fields)
    .map(([field, one]) => row(field, one))
    .join('')}${row('all', tally.all)}</tbody></table></div>
${comparison ? compared(comparison, run) : ''}
<h2>By item</h2>
${items.map(itemDetails).join('\n')}
</main></body></html>
`;
}

const HEAD = ['field', 'right', 'wrong', 'missing', 'rightly absent', 'wrong rate', 'recall', 'wrong and certain']
  .map((title) => `<th scope="col">${title}</th>`)
  .join('');

const row = (name: string, one: FieldTally): string =>
  `<tr><th scope="row">${safe(name)}</th>${[
    String(one.right),
    String(one.wrong),
    String(one.missing),
    String(one['rightly-absent']),
    percent(one.wrongRate),
    percent(one.recall),
    String(one.wrongAndCertain),
  ]
    .map((cell) => `<td>${safe(cell)}</td>`)
    .join('')}</tr>`;

function itemDetails({ item, fields, title, inventions, titleFaults, categoryRank, failed, seconds, costUsd }: JudgedItem): string {
  const wrong = fields.filter(({ verdict }) => verdict === 'wrong').length;
  const state = failed ? 'failed' : wrong > 0 ? `${wrong} wrong` : 'nothing wrong';
  const lines = [
    ...fields.map(fieldLine),
    ...inventions.map((phrase) => `<li class="wrong">says “${safe(phrase)}”</li>`),
    ...(title
      ? [`<li>title: ${safe(title)}${titleFaults.length > 0 ? ` <span class="missing">(${titleFaults.join(', ')})</span>` : ''}</li>`]
      : []),
    ...(categoryRank === null ? [] : [categoryLine(categoryRank)]),
    ...(failed ? [`<li class="wrong">${safe(failed)}</li>`] : []),
    `<li>${seconds.toFixed(1)} s, ${usd(costUsd)}</li>`,
  ];
  return `<details${wrong > 0 || failed ? ' open' : ''}><summary>${safe(item)}: <span class="${wrong > 0 || failed ? 'wrong' : 'right'}">${state}</span></summary><ul>${lines.join('')}</ul></details>`;
}

const categoryLine = (rank: number): string =>
  rank === 0
    ? '<li>category: <span class="missing">the right one is not among the suggestions</span></li>'
    : `<li>category: <span class="${rank === 1 ? 'right' : 'missing'}">the right one is suggestion ${rank}</span></li>`;

function fieldLine({ field, verdict, stated, expected }: FieldVerdict): string {
  const truth = expected === null ? 'not visible' : expected.join(' or ');
  const text =
    verdict === 'right'
      ? stated
      : verdict === 'wrong'
        ? `${stated}; true is: ${truth}`
        : verdict === 'missing'
          ? `not stated; true is: ${truth}`
          : 'rightly not stated';
  return `<li>${safe(field)}: <span class="${verdict}">${safe(text ?? '')}</span></li>`;
}

const compared = ({ with: other, changes, better, worse, before }: EvalComparison, now: EvalRun): string => `<h2>Against ${safe(other)}</h2>
<p class="note">${better} better, ${worse} worse<br>before: ${rates(before)}<br>now: ${rates(now.tally)}</p>
${
  changes.length === 0
    ? ''
    : `<div class="scroll" tabindex="0" role="region" aria-label="What changed"><table><thead><tr><th scope="col">item</th><th scope="col">field</th><th scope="col">before</th><th scope="col">now</th></tr></thead><tbody>${changes
        .map(
          ({ item, field, before, now }) =>
            `<tr><th scope="row">${safe(item)}</th><td class="words">${safe(field)}</td><td class="words ${before.verdict}">${safe(`${before.verdict}: ${before.stated ?? '–'}`)}</td><td class="words ${now.verdict}">${safe(`${now.verdict}: ${now.stated ?? '–'}`)}</td></tr>`,
        )
        .join('')}</tbody></table></div>`
}`;
