import { imageIdOf } from '../sell/picture-rules.ts';

/**
 * All pictures: one large at a time, to be swiped or chosen below, and each as large as the window.
 * Works by anchors and `:target` alone.
 */
export function gallery(imageUrls: readonly string[]): string {
  const ids = imageUrls.flatMap((url) => imageIdOf(url) ?? []);
  if (ids.length === 0) return '<div class="empty">No picture</div>';
  const name = (index: number) => `picture ${index + 1} of ${ids.length}`;
  const large = ids.map(
    (id, index) => `<a id="picture-${index + 1}" href="#zoom-${index + 1}"><img src="/pictures/${id}" alt="Zoom ${name(index)}"></a>`,
  );
  const small = ids.map(
    (id, index) => `<li><a href="#picture-${index + 1}"><img src="/pictures/${id}" alt="Show ${name(index)}" loading="lazy"></a></li>`,
  );
  const zooms = ids.map((id, index) => {
    const other = (step: number) => ((index + step + ids.length) % ids.length) + 1;
    const turn = ids.length === 1 ? '' : `<a href="#zoom-${other(-1)}">Previous</a><a href="#zoom-${other(1)}">Next</a>`;
    return `<section class="zoom" id="zoom-${index + 1}" aria-label="Large ${name(index)}"><nav aria-label="Large ${name(index)}"><span>${index + 1} / ${ids.length}</span>${turn}<a href="/pictures/${id}">Full size</a><a href="#picture-${index + 1}">Close</a></nav><div class="pan"><img src="/pictures/${id}" alt="Large ${name(index)}" loading="lazy"></div></section>`;
  });
  const strip = `<div class="strip" tabindex="0" role="group" aria-label="Pictures">${large.join('')}</div>`;
  return `${strip}${ids.length > 1 ? `<ul class="thumbs">${small.join('')}</ul>` : ''}${zooms.join('')}`;
}
