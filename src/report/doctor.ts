import { Chalk } from 'chalk';
import { clean, wrap } from './text.ts';
import type { TextStyle } from './text-style.ts';

/** `skip`: not looked at, because something before it failed or it does not apply here. */
type Health = 'pass' | 'warn' | 'fail' | 'skip';

export interface Finding {
  readonly group: string;
  /** What was looked at: `database`, `App ID and Cert ID`. */
  readonly name: string;
  readonly health: Health;
  /** What was found, one sentence. */
  readonly detail: string;
  /** What to do about it; null when all is well. */
  readonly fix: string | null;
}

const MARKS: Readonly<Record<Health, { readonly sign: string; readonly color: 'green' | 'yellow' | 'red' | 'dim' }>> = {
  pass: { sign: 'ok  ', color: 'green' },
  warn: { sign: 'warn', color: 'yellow' },
  fail: { sign: 'FAIL', color: 'red' },
  skip: { sign: '-   ', color: 'dim' },
};

const NAME_WIDTH = 22;

/** `easyflip doctor`: by group, what is wrong with its cure. Ends with a line break. */
export function renderDoctor(findings: readonly Finding[], { color, columns }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const lines: string[] = [];
  for (const group of new Set(findings.map((one) => one.group))) {
    lines.push(paint.bold(group));
    for (const { name, health, detail, fix } of findings.filter((one) => one.group === group)) {
      const { sign, color: shade } = MARKS[health];
      const indent = 8 + NAME_WIDTH;
      const room = Math.max(30, columns - indent);
      wrap(clean(detail), room).forEach((line, at) => {
        lines.push(at === 0 ? `  ${paint[shade](sign)}  ${name.padEnd(NAME_WIDTH)}${line}` : `${' '.repeat(indent)}${line}`);
      });
      if (fix) for (const line of wrap(clean(fix), room - 2)) lines.push(`${' '.repeat(indent)}${paint.cyan(line)}`);
    }
    lines.push('');
  }
  const count = (health: Health): number => findings.filter((one) => one.health === health).length;
  const [bad, doubtful] = [count('fail'), count('warn')];
  if (bad > 0) lines.push(paint.red.bold(`${bad} to mend before anything can be listed${doubtful > 0 ? `, ${doubtful} to look at` : ''}.`));
  else if (doubtful > 0) lines.push(paint.yellow.bold(`Ready to list; ${doubtful} to look at.`));
  else lines.push(paint.green.bold('Ready to list.'));
  return `${lines.join('\n')}\n`;
}

/** `easyflip doctor --json`: one object. */
export function doctorJson(findings: readonly Finding[]): Record<string, unknown> {
  const count = (health: Health): number => findings.filter((one) => one.health === health).length;
  return {
    type: 'doctor.finished',
    healthy: count('fail') === 0,
    counts: { pass: count('pass'), warn: count('warn'), fail: count('fail'), skip: count('skip') },
    findings: findings.map(({ group, name, health, detail, fix }) => ({ group, name, health, detail, fix })),
  };
}
