import { Chalk } from 'chalk';
import type { Environment } from '../core/settings.ts';
import { costText, counted, durationText } from './amounts.ts';
import { placeText, reasonText } from './item-lines.ts';
import { reasonJson } from './json-lines.ts';
import { nextCommand } from './next-command.ts';
import { statusItemJson } from './status.ts';
import { clean, wrap } from './text.ts';
import type { TextStyle } from './text-style.ts';
import type { OutsideStep, Story } from './views.ts';

export interface FailedView {
  readonly environment: Environment;
  readonly stories: readonly Story[];
}

/** `easyflip status --failed`: by item, what went wrong and how often, what was done all the same, and the way on. */
export function renderFailed({ environment, stories }: FailedView, style: TextStyle): string {
  const { color, columns, commandSuffix = '', cwd = process.cwd() } = style;
  const paint = new Chalk({ level: color ? 1 : 0 });
  if (stories.length === 0) return `No item in ${environment} has failed.\n`;
  const codes = Object.entries(countsByCode(stories)).map(([code, count]) => `${count} ${code}`);
  const lines = [paint.bold(`${counted(stories.length, 'item')} failed in ${environment}: ${codes.join(', ')}`)];
  for (const story of stories) {
    const { item } = story;
    lines.push(
      '',
      `${paint.red(item.id)}  ${paint.bold(clean(item.title ?? placeText(item.source, cwd)))}  ${placeText(item.source, cwd)}`,
    );
    lines.push(...storyLines(story, columns - 2).map((line) => `  ${line}`));
    lines.push(`  ${paint.cyan(nextCommand(item.id, item.state, item.reason ?? undefined, commandSuffix) ?? '')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The story in lines, for `status --failed` and `show`. */
export function storyLines({ failures, done, calls, item }: Story, columns: number): string[] {
  const told = failures.flatMap(({ stage, attempts, failedAt, reason, passesByItself }, at) => {
    const again = passesByItself ? 'tried again by the next run' : 'not tried again by itself';
    const isLast = at === failures.length - 1;
    const how = isLast && item.state === 'failed' ? `${counted(attempts, 'attempt')}, ${again}` : counted(attempts, 'attempt');
    const sentence = `${failedAt.slice(0, 19).replace('T', ' ')} ${clean(stage)} (${how}): ${reasonText(reason)}`;
    return [...wrap(sentence, columns), ...(isLast && item.state === 'failed' ? wrap(`  ${clean(reason.hint)}`, columns) : [])];
  });
  const outside = done.map(outsideText);
  const made = calls.map(({ service, calls: count, failed }) => `${service} ${count}${failed === 0 ? '' : ` (${failed} failed)`}`);
  const seconds = calls.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  return [
    ...told,
    ...(outside.length === 0 ? [] : wrap(`done outside: ${outside.join(', ')}`, columns)),
    ...(made.length === 0 ? [] : wrap(`calls: ${made.join(', ')}; ${durationText(seconds)}; cost ${costText(item.costUsd)}`, columns)),
  ];
}

function outsideText({ what, count, id, at, answered }: OutsideStep): string {
  const noun =
    what === 'pictures' ? counted(count, 'picture') : `${what === 'item' ? 'inventory item' : what}${id === null ? '' : ` ${clean(id)}`}`;
  return `${noun} ${answered ? 'at' : 'sent, no answer,'} ${at.slice(0, 19).replace('T', ' ')}`;
}

function countsByCode(stories: readonly Story[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { item } of stories) if (item.reason) counts[item.reason.code] = (counts[item.reason.code] ?? 0) + 1;
  return counts;
}

/** `easyflip status --failed --json`. */
export const failedJson = ({ stories }: FailedView, commandSuffix = ''): Record<string, unknown> => ({
  type: 'failed',
  counts: countsByCode(stories),
  items: stories.map((story) => storyJson(story, commandSuffix)),
});

/** One item of it, and what `--write` puts into a file. */
export function storyJson(story: Story, commandSuffix = ''): Record<string, unknown> {
  const { item } = story;
  return {
    ...statusItemJson(item),
    ...storyPartsJson(story),
    next: nextCommand(item.id, item.state, item.reason ?? undefined, commandSuffix) ?? null,
  };
}

/** What `show --json` has of it too. */
export const storyPartsJson = ({ failures, done, calls }: Omit<Story, 'item'>): Record<string, unknown> => ({
  failures: failures.map(({ stage, attempts, startedAt, failedAt, reason, passesByItself }) => ({
    stage,
    attempts,
    startedAt,
    failedAt,
    passesByItself,
    reason: reasonJson(reason),
  })),
  outside: done.map(({ what, count, id, at, answered }) => ({ what, count, id, at, answered })),
  calls: calls.map(({ service, calls: count, failed, ms }) => ({ service, calls: count, failed, seconds: ms / 1000 })),
});
