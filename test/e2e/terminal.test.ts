import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScreen } from '../../scripts/pictures/screen.ts';
import { completeItems } from '../support/items.ts';
import { hasPseudoTerminal, onTerminal } from '../support/pseudo-terminal.ts';
import { World } from '../support/world.ts';

describe.skipIf(!hasPseudoTerminal())('a run on a real terminal', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
    await completeItems(world, 3);
  });
  afterAll(() => world.close());

  it('shows its stages while it works and only its lines when it is over', async () => {
    const screen = createScreen(60, 24);
    const seen: string[] = [];
    const { ended } = onTerminal({
      command: [process.execPath, resolve('bin/easyflip.js'), 'list', world.photos, '--provider', 'local'],
      columns: 60,
      rows: 24,
      cwd: world.root,
      env: world.env,
      onText(text) {
        screen.write(text);
        seen.push(...screen.lines());
      },
    });
    expect(await ended).toBe(0);
    expect(seen).toContain('· publish   waiting          0/3');
    expect(seen.some((line) => /^▸ prepare {3}under way {8}\d\/3/.test(line))).toBe(true);
    expect(seen.some((line) => /^ *\d+ % \[[=-]+\] \d\/3 items {2}ETA /.test(line))).toBe(true);
    const lines = screen.lines();
    expect(lines.filter((line) => /^✓ listed {4}.* {2}\$\d+\.\d\d/.test(line))).toHaveLength(3);
    expect(lines.filter((line) => line.startsWith('3 items: 3 listed; cost $0; '))).toHaveLength(1);
    expect(lines.join('\n')).toContain('Time by stage');
    expect(lines.at(-2)).toContain('easyflip status');
    // Nothing is left of what was drawn.
    expect(lines.join('\n')).not.toMatch(/under way|\[[=-]+\]/);
  });

  it.each(['--json', '--quiet'])('draws nothing with %s', async (flag) => {
    let text = '';
    const { ended } = onTerminal({
      command: [process.execPath, resolve('bin/easyflip.js'), 'list', world.photos, '--provider', 'local', flag],
      columns: 60,
      rows: 24,
      cwd: world.root,
      env: world.env,
      onText(more) {
        text += more;
      },
    });
    expect(await ended).toBe(0);
    expect(text).not.toContain('\u001b');
    expect(text.trim()).toMatch(flag === '--json' ? /"type":"run.finished".*\}$/ : /^3 items: 3 already/);
  });
});
