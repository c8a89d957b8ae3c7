const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe in text and in quoted attributes; control characters, which HTML forbids, are left out. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '').replace(/[^\P{Cc}\n\t]/gu, '');

/** The look of the listings page, kept inline so that one file is the whole page. */
export const LISTINGS_STYLE = `
:root { color-scheme: light dark; --line: #d9dde3; --soft: #5c6470; --back: #f5f6f8; --card: #fff; --live: #177245; --held: #9a5b00; }
@media (prefers-color-scheme: dark) { :root { --line: #3a3f47; --soft: #a3abb8; --back: #16181c; --card: #1f2227; --live: #5fd39a; --held: #f0b45a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
header h1 { margin: 0; font-size: 1.6rem; }
header p { margin: .25rem 0 0; color: var(--soft); }
main { display: grid; align-items: start; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
article.held { border-color: var(--held); }
.gallery { position: relative; aspect-ratio: 4 / 3; background: #8882; }
.gallery.none { display: grid; place-items: center; color: var(--soft); }
.strip { display: flex; height: 100%; overflow-x: auto; scroll-snap-type: x mandatory; scrollbar-width: thin; }
.strip img { flex: 0 0 100%; width: 100%; height: 100%; object-fit: contain; scroll-snap-align: start; }
.count { position: absolute; right: .5rem; top: .5rem; padding: .1rem .5rem; border-radius: 1rem; background: #000a; color: #fff; font-size: .8rem; }
.text { padding: 1rem; }
h2 { margin: 0; font-size: 1.05rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 a { color: inherit; }
.price { margin: .5rem 0; font-size: 1.3rem; font-weight: 650; }
.state { margin-left: .6rem; color: var(--live); font-size: .85rem; font-weight: 600; }
.held .state { color: var(--held); }
.why { margin: 0 0 .5rem; color: var(--held); overflow-wrap: anywhere; }
dl { margin: 0 0 .5rem; }
dl div { display: grid; grid-template-columns: 8rem 1fr; gap: .5rem; padding: .15rem 0; border-top: 1px solid var(--line); font-size: .9rem; }
dt { color: var(--soft); overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--soft); }
.description { margin: .5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
