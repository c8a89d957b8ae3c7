import type { Pause } from '../core/ports/index.ts';

export const pausesJson = (paused: readonly Pause[]): Record<string, unknown> => ({
  type: 'pauses',
  paused: paused.map(({ what, since }) => ({ what, since })),
});

/** `Paused: everything, since 2026-11-24 21:10 UTC` */
export const pauseLines = (paused: readonly Pause[]): string[] =>
  paused.map(({ what, since }) => `Paused: ${nameOf(what)}, since ${since.slice(0, 16).replace('T', ' ')} UTC`);

export const renderPaused = (paused: readonly Pause[]): string => `${pauseLines(paused).join('\n')}\n`;

export function renderUnpaused(ended: readonly Pause[], still: readonly Pause[], suffix: string): string {
  const went = ended.length === 0 ? 'That was not paused.' : `Going on: ${ended.map(({ what }) => nameOf(what)).join(', ')}.`;
  const next =
    ended.length > 0 && still.length === 0 ? [`Run \`easyflip resume${suffix}\` for what was left; a watch goes on by itself.`] : [];
  return `${[went, ...pauseLines(still), ...next].join('\n')}\n`;
}

const nameOf = (what: Pause['what']): string => (what === 'all' ? 'everything' : what);
