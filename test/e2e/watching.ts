import type { JsonLine, Running, World } from '../support/world.ts';

export interface Watching extends Pick<Running, 'lines' | 'until'> {
  stop(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly err: string; readonly lines: readonly JsonLine[] }>;
}

/** Starts `easyflip watch` over the photos and waits until it watches. */
export async function watchingIn(world: World, env: Readonly<Record<string, string>>): Promise<Watching> {
  const { child, ended, lines, until } = world.start(['watch', world.photos, '--json'], env);
  await until(() => lines().some(({ type }) => type === 'watch.started'));
  return {
    lines,
    until,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const { code, err, lines: all } = await ended;
      return { code, err, lines: signal === 'SIGKILL' ? [] : all };
    },
  };
}
