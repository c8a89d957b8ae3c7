/** The look of the report, kept inline so that one file is the whole page; light, dark and on paper. */
export const STATS_STYLE = `
:root { color-scheme: light dark; --line: #d9dde3; --soft: #5c6470; --back: #f5f6f8; --card: #fff; --bar: #2457c5; --track: #e6e9ee; --warn: #8a5a00; --good: #177245;
 --p0: #177245; --p1: #2457c5; --p2: #8a5a00; --p3: #7b3fa0; --p4: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --line: #3a3f47; --soft: #a3abb8; --back: #16181c; --card: #1f2227; --bar: #8ab4ff; --track: #32373f; --warn: #f0b45a; --good: #5fd39a;
 --p0: #5fd39a; --p1: #8ab4ff; --p2: #f0b45a; --p3: #d3a6f0; --p4: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); font: 16px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 64rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
h3 { margin: 1rem 0 .35rem; font-size: 1rem; }
header p, .note { margin: .25rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
footer { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)); gap: .75rem; margin: 0; }
.cards div { padding: .75rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
.cards dt { color: var(--soft); font-size: .85rem; }
.cards dd { margin: 0; font-size: 1.35rem; font-weight: 650; overflow-wrap: anywhere; }
.cards dd.unknown { color: var(--soft); font-size: .85rem; font-weight: 400; }
figure, .finding { margin: 0; padding: .75rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
.finding p { margin: 0 0 .35rem; overflow-wrap: anywhere; } .finding p:last-child { margin: 0; }
figcaption { display: flex; justify-content: space-between; gap: 1rem; color: var(--soft); font-size: .85rem; }
.columns { display: block; width: 100%; height: 10rem; fill: var(--bar); } .columns line { stroke: var(--soft); vector-effect: non-scaling-stroke; }
.stack { display: block; width: 100%; height: 2.25rem; border-radius: .4rem; }
.part-0 { fill: var(--p0); } .part-1 { fill: var(--p1); } .part-2 { fill: var(--p2); } .part-3 { fill: var(--p3); } .part-4 { fill: var(--p4); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .6rem 0 0; padding: 0; list-style: none; font-size: .9rem; } .legend svg { width: .75em; height: .75em; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .75rem; border-top: 1px solid var(--line); text-align: right; white-space: nowrap; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .85rem; }
tbody th { min-width: 7.5rem; font-weight: 500; white-space: normal; overflow-wrap: anywhere; }
code { font-size: .9em; }
th:first-child, th.words, td.words { text-align: left; }
td.words { white-space: normal; min-width: 13rem; overflow-wrap: anywhere; }
td.drawn { width: 30%; min-width: 6rem; }
.bar { display: block; width: 100%; height: .8rem; fill: var(--bar); } .bar .track { fill: var(--track); } .bar.full { fill: var(--warn); } .bar.good { fill: var(--good); }
@media print { :root { color-scheme: light; } body { background: #fff; font-size: 11pt; } .cards div, figure, .finding, .scroll { break-inside: avoid; } .scroll { overflow: visible; } td, th { white-space: normal; } h2 { break-after: avoid; } }
`;
