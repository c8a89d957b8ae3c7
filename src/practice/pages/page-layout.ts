/** Text made safe for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function money(price: { readonly value: string; readonly currency: string }): string {
  const amount = Number(price.value);
  if (!Number.isFinite(amount)) return escapeHtml(`${price.value} ${price.currency}`);
  return escapeHtml(new Intl.NumberFormat('en-US', { style: 'currency', currency: price.currency || 'USD' }).format(amount));
}

/** A whole page around `body`, which must already be escaped. */
export function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Practice marketplace</title>
<style>${STYLE}</style>
</head>
<body>
<header><a class="home" href="/"><b>Practice</b> marketplace</a><span>Nothing here is for sale. No listing leaves this computer.</span></header>
<main>${body}</main>
</body>
</html>`;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5d6670;--line:#e2e5e9;--paper:#fff;--ground:#f5f6f8;--accent:#0b5cad;--good:#116a3c;--goodbg:#dff3e6;--off:#5d6670;--offbg:#e9ebee}
@media (prefers-color-scheme:dark){:root{--ink:#eceff2;--soft:#a3adb8;--line:#333a42;--paper:#1d2127;--ground:#14171b;--accent:#7db8f5;--good:#8fe0b0;--goodbg:#163d27;--off:#b6bec7;--offbg:#2c323a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;padding:.9rem clamp(1rem,4vw,2.5rem);background:var(--paper);border-bottom:1px solid var(--line)}
header span{color:var(--soft);font-size:.85rem}
a{color:var(--accent)}
a.home{color:var(--ink);text-decoration:none;font-size:1.15rem}
main{max-width:78rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,2.5rem) 4rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
h2{font-size:1.05rem;margin:2rem 0 .5rem}
.count{color:var(--soft);margin:0 0 1.25rem}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(14rem,100%),1fr));gap:1rem;list-style:none;margin:0;padding:0}
.card{display:flex;flex-direction:column;height:100%;background:var(--paper);border:1px solid var(--line);border-radius:.75rem;overflow:hidden;color:inherit;text-decoration:none}
.card:hover,.card:focus-visible{border-color:var(--accent)}
.card .shot{aspect-ratio:1;background:var(--ground);display:grid;place-items:center;color:var(--soft)}
.card img{width:100%;height:100%;object-fit:contain}
.card .text{padding:.75rem .9rem 1rem;display:flex;flex-direction:column;gap:.3rem;flex:1}
.card .title{font-size:.95rem;line-height:1.35;flex:1}
.price{font-weight:700;font-size:1.15rem}
.soft{color:var(--soft);font-size:.85rem}
.badge{align-self:flex-start;display:inline-block;padding:.1rem .55rem;border-radius:1rem;font-size:.75rem;font-weight:600;background:var(--offbg);color:var(--off)}
.badge.live{background:var(--goodbg);color:var(--good)}
.listing{display:grid;grid-template-columns:minmax(0,1.15fr) minmax(0,1fr);gap:2rem;align-items:start}
.strip{display:flex;overflow-x:auto;scroll-snap-type:x mandatory;gap:.5rem;background:var(--paper);border:1px solid var(--line);border-radius:.75rem}
.strip img{flex:0 0 100%;width:100%;aspect-ratio:1;object-fit:contain;scroll-snap-align:start}
.thumbs{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.6rem}
.thumbs img{width:4rem;height:4rem;object-fit:cover;border-radius:.4rem;border:1px solid var(--line);display:block}
.panel{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem}
.panel .price{font-size:1.75rem;margin:.25rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:1rem 0 0}
dt{color:var(--soft)}dd{margin:0}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-top:1px solid var(--line)}
th{font-weight:400;color:var(--soft);width:40%}
.words{white-space:pre-line}
.empty{text-align:center;padding:4rem 1rem;color:var(--soft)}
.empty h1{color:var(--ink)}
code{font-size:.9em}
@media (max-width:48rem){.listing{grid-template-columns:minmax(0,1fr);gap:1.25rem}}
`;
