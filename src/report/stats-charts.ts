import { escapeHtml as safe } from './listings-style.ts';

/* Drawings without a script: every number that is drawn stands in text as well. */

/** A bar in the cell of a table; `share` 0 to 1. The cell beside it says the number. */
export const bar = (share: number, kind = ''): string => {
  const width = Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10;
  return `<svg class="bar ${kind}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="10"/><rect width="${width}" height="10"/></svg>`;
};

const WIDTH = 720;
const HEIGHT = 160;

/** A column for each day. `name` says what the drawing shows, for those who cannot see it. */
export function dayColumns(days: readonly { readonly day: string; readonly listed: number }[], name: string): string {
  const most = days.reduce((top, { listed }) => Math.max(top, listed), 1);
  const step = WIDTH / Math.max(1, days.length);
  const columns = days.map(({ day, listed }, at) => {
    const height = (listed / most) * HEIGHT;
    const [x, width] = [at * step, Math.max(0.5, Math.min(60, step * 0.8))];
    return `<rect x="${round(x)}" y="${round(HEIGHT - height)}" width="${round(width)}" height="${round(height)}"><title>${safe(day)}: ${listed}</title></rect>`;
  });
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
  return `<figure><svg class="columns" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${safe(name)}">${columns.join('')}<line x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}"/></svg>
<figcaption><span>${safe(first)}</span><span>most: ${most} a day</span><span>${safe(last)}</span></figcaption></figure>`;
}

/** Parts of a whole, side by side; each is named below with its amount. */
export function stacked(parts: readonly { readonly name: string; readonly text: string; readonly size: number }[], name: string): string {
  const whole = parts.reduce((sum, { size }) => sum + Math.max(0, size), 0) || 1;
  let x = 0;
  const rects = parts.map(({ size, name: part, text }, at) => {
    const width = (Math.max(0, size) / whole) * WIDTH;
    const rect = `<rect class="part-${at}" x="${round(x)}" y="0" width="${round(width)}" height="40"><title>${safe(part)}: ${safe(text)}</title></rect>`;
    x += width;
    return rect;
  });
  const legend = parts.map(
    ({ name: part, text }, at) =>
      `<li><svg viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="part-${at}" width="10" height="10"/></svg> ${safe(part)} <strong>${safe(text)}</strong></li>`,
  );
  return `<figure><svg class="stack" viewBox="0 0 ${WIDTH} 40" preserveAspectRatio="none" role="img" aria-label="${safe(name)}">${rects.join('')}</svg>
<ul class="legend">${legend.join('')}</ul></figure>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
