/** The look of the review page: one file, no outside font or picture; light and dark by the system's choice. */
export const REVIEW_STYLE = `
:root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --text: #1b1f24; --soft: #565e6a; --line: #d5dae1; --accent: #0b5cad; --on-accent: #fff; --good: #14663a; --warn: #8a4b00; --bad: #a3232b; --mark: #e8f1fb; --field: #fff; }
@media (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1c2026; --text: #e7eaee; --soft: #a6afbb; --line: #363c45; --accent: #7db8f5; --on-accent: #0d1620; --good: #6fd3a0; --warn: #f0b866; --bad: #f59a9f; --mark: #22303f; --field: #14171b; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#item:focus, h2:focus, figure:focus { outline: none; }
figure:target, figure.lit { box-shadow: 0 0 0 3px var(--accent); }
kbd { padding: 0 .3em; border: 1px solid currentColor; border-radius: .25rem; font: .8em ui-monospace, monospace; opacity: .85; }
.skip-link { position: absolute; left: -99rem; }
.skip-link:focus { left: .5rem; top: .5rem; z-index: 9; padding: .5rem; background: var(--card); }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.25rem; padding: .5rem 1rem; border-bottom: 1px solid var(--line); background: var(--card); position: sticky; top: 0; z-index: 3; }
.top h1 { margin: 0; font-size: 1.05rem; }
.top h1 span { font-weight: 400; color: var(--soft); }
.top nav { display: flex; flex-wrap: wrap; gap: .25rem; }
.top nav a { padding: .25rem .6rem; border-radius: .5rem; text-decoration: none; color: var(--text); }
.top nav a[aria-current] { background: var(--mark); font-weight: 600; }
.count { color: var(--soft); font-variant-numeric: tabular-nums; }
.who { margin: 0 0 0 auto; display: flex; gap: .4rem; align-items: center; }
.notice { position: fixed; left: 50%; bottom: 1rem; transform: translateX(-50%); max-width: min(44rem, 94vw); margin: 0; padding: .6rem 1rem; border-radius: .6rem; background: var(--text); color: var(--back); z-index: 8; box-shadow: 0 .25rem 1rem #0006; overflow-wrap: anywhere; }
.notice:empty { display: none; }
.notice.trouble { background: var(--bad); color: var(--card); }
.panes { display: grid; grid-template-columns: minmax(18rem, 26rem) 1fr; align-items: start; }
.list { position: sticky; top: 3.1rem; max-height: calc(100vh - 3.1rem); overflow-y: auto; border-right: 1px solid var(--line); }
#rows { list-style: none; margin: 0; padding: 0; }
.row { display: flex; align-items: center; border-bottom: 1px solid var(--line); background: var(--card); }
.row:has([aria-current]) { background: var(--mark); box-shadow: inset 3px 0 var(--accent); }
.row .select { margin: 0 0 0 .6rem; inline-size: 1.1rem; block-size: 1.1rem; flex: none; }
.row a { flex: 1; min-width: 0; display: flex; gap: .6rem; padding: .35rem .6rem; color: inherit; text-decoration: none; }
.row a:focus-visible { outline-offset: -3px; }
.row img { flex: none; width: 2.75rem; height: 2.75rem; object-fit: cover; border-radius: .35rem; background: #8883; }
.words { min-width: 0; display: grid; gap: .1rem; align-content: center; }
.row .title { font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.under { font-size: .85rem; color: var(--soft); display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical; overflow: hidden; }
.badge { display: inline-block; padding: 0 .45rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .8rem; line-height: 1.35; color: var(--soft); white-space: nowrap; }
.badge.held, .badge.waiting { color: var(--warn); }
.badge.live { color: var(--good); }
.badge.failed, .badge.production { color: var(--bad); }
.badge.going { color: var(--accent); }
.price { font-variant-numeric: tabular-nums; }
.bulk { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; padding: .5rem .6rem; background: var(--mark); position: sticky; top: 0; z-index: 2; }
.bulk[hidden] { display: none; }
.pager { display: flex; justify-content: space-between; margin: 0; padding: .6rem 1rem; }
.off { color: var(--soft); }
.empty { padding: 1rem; color: var(--soft); }
#item { padding: 1rem 1.25rem 4rem; min-width: 0; }
#item article > section, .edit { margin-top: 1rem; }
.item-head h2 { margin: 0; font-size: 1.35rem; line-height: 1.25; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; margin: .25rem 0 .5rem; color: var(--soft); }
.facts .price { font-size: 1.15rem; font-weight: 650; color: var(--text); }
.back { display: none; margin: 0 0 .5rem; }
button { font: inherit; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: var(--text); cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--accent); }
button:disabled { opacity: .55; cursor: default; }
button.yes { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.actions, .buttons { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; }
.questions { border-left: 4px solid var(--warn); background: var(--card); padding: .5rem .9rem; border-radius: 0 .5rem .5rem 0; }
.question p { margin: .15rem 0; overflow-wrap: anywhere; }
.hint, .meaning, .none, .notes, .source { color: var(--soft); font-size: .88rem; }
.source { overflow-wrap: anywhere; }
code { font-size: .85em; color: var(--soft); }
.photos { display: flex; gap: .75rem; overflow-x: auto; padding: .25rem .25rem .5rem; scroll-snap-type: x proximity; }
.photo { flex: 0 0 auto; margin: 0; scroll-snap-align: start; border-radius: .5rem; background: var(--card); max-width: min(30rem, 85vw); }
.photo > a > img { display: block; height: min(24rem, 52vh); max-width: 100%; object-fit: contain; border-radius: .5rem; background: #8882; }
/* As wide as the picture, whatever is written below it. */
.photo figcaption, .photo .labels { width: 0; min-width: 100%; }
.photo figcaption { padding: .25rem .5rem .4rem; font-size: .88rem; overflow-wrap: anywhere; }
.photo .notes { display: block; }
.choose { margin-left: .5rem; white-space: nowrap; }
.labels { display: flex; flex-wrap: wrap; gap: .35rem; padding: 0 .5rem .5rem; }
.labels img { display: block; height: 7rem; max-width: 15rem; object-fit: contain; background: #8882; border-radius: .25rem; }
table { border-collapse: collapse; width: 100%; background: var(--card); border-radius: .5rem; overflow: hidden; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; font-weight: 400; }
thead th { color: var(--soft); font-size: .85rem; }
.fields th[scope=row] { width: 10rem; color: var(--soft); }
.fields .value { width: 34%; font-weight: 500; }
.value .meaning { display: block; font-weight: 400; }
.none { font-weight: 400; }
.fields .sure { width: 4.5rem; font-variant-numeric: tabular-nums; }
.open .none, .unsure, .required { color: var(--bad); }
.evidence { font-size: .88rem; color: var(--soft); }
.piece { display: block; }
.allowed { font-weight: 400; font-size: .85rem; color: var(--soft); }
summary { cursor: pointer; }
.amount { white-space: nowrap; font-variant-numeric: tabular-nums; }
h3 { margin: 0 0 .3rem; font-size: 1rem; }
.plain { margin: 0; padding-left: 1.1rem; }
.description { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card); padding: .6rem .9rem; border-radius: .5rem; max-width: 60rem; }
.edit { background: var(--card); border: 1px solid var(--accent); border-radius: .6rem; padding: .8rem 1rem; }
.edit[hidden] { display: none; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .55rem .9rem; margin: .5rem 0; }
.field { display: grid; gap: .1rem; align-content: start; }
.small { padding: 0 .4rem; font-size: .8rem; }
.field.wide { grid-column: 1 / -1; }
label { font-size: .85rem; color: var(--soft); }
input:not([type=checkbox]), select, textarea { width: 100%; font: inherit; padding: .3rem .5rem; border: 1px solid #7d8794; border-radius: .4rem; background: var(--field); color: var(--text); }
.changed { border-color: var(--accent) !important; box-shadow: inset 3px 0 var(--accent); }
dialog { max-width: min(44rem, 94vw); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; background: var(--card); color: var(--text); }
dialog::backdrop { background: #0008; }
dialog h2 { margin: 0 0 .5rem; font-size: 1.1rem; }
dialog table { margin-bottom: .75rem; }
dialog th[scope=row] { white-space: nowrap; }
#bulk-preview { max-height: 40vh; overflow: auto; }
.plain-page { max-width: 36rem; margin: 15vh auto; padding: 0 1rem; }
@media (max-width: 860px) {
  .top { position: static; padding: .5rem .75rem; column-gap: .5rem; }
  .top .who .badge:not(.production) { border: 0; padding: 0; }
  .top nav { order: 3; width: 100%; flex-wrap: nowrap; overflow-x: auto; }
  .top nav a { white-space: nowrap; }
  .panes { display: block; }
  .list { position: static; max-height: none; border-right: 0; }
  body:not(.open) #item, body.open .list { display: none; }
  .back { display: block; }
  #item { padding: .75rem .75rem 5rem; }
  .actions { position: sticky; top: 0; background: var(--back); padding: .4rem 0; z-index: 2; }
  button { padding: .45rem .75rem; }
  kbd { display: none; }
  dialog kbd { display: inline; }
  .comparables .amount { white-space: normal; width: 6.5rem; }
  .comparables th:last-child, .comparables td:last-child { width: 4.5rem; }
  .fields thead { display: none; }
  .fields, .fields tbody, .fields caption { display: block; }
  .fields tr { display: grid; grid-template-columns: 8rem 1fr; border-top: 1px solid var(--line); padding: .25rem 0; }
  .fields th, .fields td { border: 0; padding: .1rem .5rem; width: auto !important; }
  .fields td { grid-column: 2; }
}
@media (prefers-reduced-motion: no-preference) { .photos { scroll-behavior: smooth; } }
`;

export const REVIEW_ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b5cad"/><path d="M4 8.5 7 11.5 12 5" fill="none" stroke="#fff" stroke-width="2"/></svg>';
