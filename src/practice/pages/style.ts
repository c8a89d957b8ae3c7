/** One sheet for all pages: light and dark, phone to desktop, no font or file from anywhere. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#191e24;--soft:#57616c;--line:#dfe3e8;--paper:#fff;--ground:#f4f6f8;--accent:#0a55a3;--on-accent:#fff;--good:#0f5f36;--goodbg:#dcf2e4;--warn:#7a4300;--warnbg:#fdeccd;--off:#4b545e;--offbg:#e6e9ed;--bad:#a01b1b}
@media (prefers-color-scheme:dark){:root{--ink:#eceff2;--soft:#aab4be;--line:#343b43;--paper:#1c2026;--ground:#13161a;--accent:#86bff8;--on-accent:#0d1a28;--good:#97e6b8;--goodbg:#143a25;--warn:#ffd08a;--warnbg:#45300d;--off:#c0c8d0;--offbg:#2d333b;--bad:#ff9c94}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem;background:var(--paper);padding:.5rem 1rem;z-index:20}
.skip:focus{left:.5rem;top:.5rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding:.9rem clamp(1rem,4vw,2.5rem);background:var(--paper);border-bottom:1px solid var(--line)}
header nav{display:flex;gap:1.1rem}
header nav a{text-decoration:none}
header nav a:hover{text-decoration:underline}
.notice{color:var(--soft);font-size:.85rem;margin-left:auto}
.home{color:var(--ink);text-decoration:none;font-size:1.2rem;letter-spacing:-.01em}
main{max-width:80rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,2.5rem) 4rem}
h1{font-size:1.55rem;line-height:1.25;margin:0 0 .4rem;letter-spacing:-.01em}
h2{font-size:1.1rem;margin:0 0 .6rem}
.soft{color:var(--soft)}
.small{font-size:.875rem}
.panel{background:var(--paper);border:1px solid var(--line);border-radius:.9rem;padding:1.25rem 1.4rem;margin:0 0 1.1rem}
.badge{display:inline-block;padding:.12rem .6rem;border-radius:1rem;font-size:.78rem;font-weight:600;background:var(--offbg);color:var(--off)}
.badge.live{background:var(--goodbg);color:var(--good)}
.badge.sold,.badge.scheduled{background:var(--warnbg);color:var(--warn)}
.filters{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:1rem 0 1.25rem}
.filters label{display:flex;flex-direction:column;gap:.2rem;font-size:.85rem;color:var(--soft)}
.filters label.wide{flex:1 1 16rem}
input,select,button{font:inherit;font-size:1rem;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:.55rem;padding:.5rem .75rem;min-height:2.75rem}
input[type=search]{width:100%;min-width:0}
button{background:var(--accent);color:var(--on-accent);border-color:var(--accent);font-weight:600;cursor:pointer;padding-inline:1.2rem}
button.plain{background:none;color:var(--ink);border-color:var(--line)}
.tabs{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 1.25rem;padding:0;list-style:none}
.tabs a{display:inline-block;padding:.35rem .9rem;border:1px solid var(--line);border-radius:2rem;background:var(--paper);color:var(--ink);text-decoration:none;font-size:.92rem}
.tabs a[aria-current]{background:var(--ink);color:var(--paper);border-color:var(--ink)}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(14.5rem,100%),1fr));gap:1.1rem;list-style:none;margin:0;padding:0}
.card{display:flex;flex-direction:column;height:100%;background:var(--paper);border:1px solid var(--line);border-radius:.9rem;overflow:hidden;color:inherit;text-decoration:none;transition:border-color .15s,box-shadow .15s}
.card:hover{border-color:var(--accent);box-shadow:0 4px 18px rgb(0 0 0/.08)}
.card .shot{position:relative;aspect-ratio:1;background:var(--offbg);display:grid;place-items:center;color:var(--off)}
.card img{position:absolute;inset:0;width:100%;height:100%;object-fit:cover}
.card.over img{filter:grayscale(1);opacity:.6}
.card .badge{position:absolute;left:.7rem;top:.7rem}
.card .text{padding:.8rem .95rem 1rem;display:flex;flex-direction:column;gap:.25rem;flex:1}
.card .title{line-height:1.35;flex:1;display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}
.price{font-weight:700;font-size:1.15rem}
.pager{display:flex;justify-content:center;gap:1.5rem;align-items:center;margin:2rem 0 0}
.crumbs{font-size:.875rem;color:var(--soft);margin:0 0 1rem}
.listing{display:grid;grid-template-columns:minmax(0,1.1fr) minmax(0,1fr);gap:2rem;align-items:start}
.strip{position:relative;display:flex;overflow-x:auto;scroll-snap-type:x mandatory;background:var(--paper);border:1px solid var(--line);border-radius:.9rem;scrollbar-width:none}
.strip>a{flex:0 0 100%;scroll-snap-align:start;cursor:zoom-in}
.strip img{display:block;width:100%;aspect-ratio:1;object-fit:contain}
.thumbs{display:flex;flex-wrap:wrap;gap:.5rem;margin:.7rem 0 0;padding:0;list-style:none}
.thumbs a{display:block;border-radius:.5rem}
.thumbs img{width:4.25rem;height:4.25rem;object-fit:cover;border-radius:.5rem;border:1px solid var(--line);display:block}
.thumbs a:hover img{border-color:var(--accent)}
.zoom{display:none;position:fixed;inset:0;z-index:10;background:#0b0d10;color:#fff;grid-template-rows:auto minmax(0,1fr)}
.zoom:target{display:grid}
.zoom nav{display:flex;gap:.6rem;align-items:center;padding:.6rem .9rem;font-size:.95rem}
.zoom nav span{margin-right:auto}
.zoom nav *{white-space:nowrap}
.zoom nav a{color:#fff;padding:.45rem .8rem;border:1px solid #555b63;border-radius:.55rem;text-decoration:none}
.zoom .pan{position:relative;min-height:0}
.zoom .pan img{position:absolute;inset:0;width:100%;height:100%;object-fit:contain}
.lead h1{margin-top:.5rem}
.lead .price{font-size:2rem;line-height:1.2;margin:.5rem 0 0}
.state{padding:.75rem 1rem;border-radius:.7rem;background:var(--offbg);color:var(--off);margin:0 0 1rem;font-weight:600}
.state.sold,.state.scheduled{background:var(--warnbg);color:var(--warn)}
.facts{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.4rem 1.25rem;margin:0}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.lead .facts{margin-top:1.1rem;padding-top:1.1rem;border-top:1px solid var(--line)}
.specifics{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr));gap:0 2rem;margin:0}
.specifics div{display:grid;grid-template-columns:42% 1fr;gap:.75rem;padding:.45rem 0;border-top:1px solid var(--line)}
.specifics dt{color:var(--soft)}
.specifics dd{margin:0}
.words :first-child{margin-top:0}
.words :last-child{margin-bottom:0}
.words h3{font-size:1rem}
.words table{border-collapse:collapse}
.words td,.words th{border:1px solid var(--line);padding:.3rem .6rem;text-align:left}
.empty{text-align:center;padding:4rem 1rem;color:var(--soft);background:var(--paper);border:1px dashed var(--line);border-radius:.9rem}
.empty h1,.empty h2{color:var(--ink)}
code,pre{font:.85rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--ground);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem;overflow:auto;max-height:26rem;white-space:pre-wrap}
.calls{list-style:none;margin:0;padding:0;background:var(--paper);border:1px solid var(--line);border-radius:.9rem;overflow:hidden}
.calls li+li{border-top:1px solid var(--line)}
.calls summary{display:flex;gap:.9rem;align-items:baseline;padding:.5rem 1rem;cursor:pointer;list-style:none}
.calls summary::-webkit-details-marker{display:none}
.calls summary:hover{background:var(--ground)}
.calls details>p,.calls details>pre{margin:.2rem 1rem .8rem}
.calls .number{color:var(--soft);min-width:2.5rem;text-align:right;font-variant-numeric:tabular-nums}
.calls .status{font-weight:700;min-width:2.5rem;font-variant-numeric:tabular-nums}
.calls .fine{color:var(--good)}
.calls .bad{color:var(--bad)}
.calls .what{flex:1;min-width:0}
.calls .path{font:.85rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}
.narrow{max-width:40rem;margin-inline:auto}
.address{user-select:all;word-break:break-all}
@media (max-width:52rem){
.listing{grid-template-columns:minmax(0,1fr);gap:1.1rem}
.notice{margin-left:0}
main{padding-top:1rem}
.grid{grid-template-columns:repeat(2,minmax(0,1fr));gap:.7rem}
.card .text{padding:.6rem .7rem .8rem}
.thumbs{flex-wrap:nowrap;overflow-x:auto;padding-bottom:.3rem}
.panel{padding:1rem 1.1rem}
.filters label,.filters button{flex:1 1 100%}
.calls summary{gap:.6rem;padding:.6rem .75rem}
.zoom nav{gap:.35rem;padding:.6rem;font-size:.88rem}
.zoom nav a{padding:.45rem .55rem}
}
`;
