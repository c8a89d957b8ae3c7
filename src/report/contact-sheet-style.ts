/** The look of the contact sheet, kept inline so that one file is the whole page. */
export const CONTACT_SHEET_STYLE = `
:root { color-scheme: light dark; --line: #d9dde3; --soft: #5c6470; --back: #f5f6f8; --card: #fff; --doubt: #9a5b00; --sure: #177245; }
@media (prefers-color-scheme: dark) { :root { --line: #3a3f47; --soft: #a3abb8; --back: #16181c; --card: #1f2227; --doubt: #f0b45a; --sure: #5fd39a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); font: 16px/1.45 system-ui, sans-serif; }
header, main, footer { max-width: 90rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0; font-size: 1.6rem; }
header p { margin: .25rem 0 0; color: var(--soft); }
code { font-size: .85em; overflow-wrap: anywhere; }
main { display: grid; align-items: start; grid-template-columns: repeat(auto-fill, minmax(min(100%, 32rem), 1fr)); gap: 1rem; }
.item { padding: .75rem 1rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
.item.doubt { border: 2px solid var(--doubt); }
.border { margin: 0 0 .5rem; padding-bottom: .35rem; border-bottom: 1px dashed var(--line); color: var(--soft); font-size: .85rem; }
.border::before { content: "begins: "; }
.sure { white-space: nowrap; color: var(--sure); font-weight: 600; }
.doubt .sure { color: var(--doubt); }
h2 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
.number { display: inline-block; min-width: 1.6em; color: var(--soft); font-weight: 400; }
.why { margin: .15rem 0 .6rem; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.reason { margin: 0 0 .6rem; color: var(--doubt); font-size: .9rem; overflow-wrap: anywhere; }
.next { color: var(--soft); }
.photos { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .6rem; }
figure { margin: 0; min-width: 0; }
figure img, figure .none { display: grid; place-items: center; width: 100%; aspect-ratio: 1; object-fit: contain; background: #8882; border-radius: .4rem; color: var(--soft); }
figure.changed { grid-column: span 2; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2px; }
figcaption { margin-top: .2rem; font-size: .78rem; color: var(--soft); overflow-wrap: anywhere; }
figcaption i { padding: 0 .35rem; border: 1px solid var(--line); border-radius: 1rem; font-style: normal; white-space: nowrap; }
.better { display: block; }
footer ul { padding-left: 1.1rem; font-size: .85rem; color: var(--soft); overflow-wrap: anywhere; }
@media (max-width: 30rem) { .photos { grid-template-columns: repeat(2, 1fr); } header, main, footer { padding: .6rem; } }
`;
