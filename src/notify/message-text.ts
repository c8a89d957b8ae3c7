import { utcMinute } from '../core/alert.ts';
import type { AlertMessage, MessageNotice } from '../core/alert-message.ts';

/** Enough to see what is going on; the rest is a number. */
const MOST_NOTICES = 10;

/** A heading and a line or two for each notice; a storm stays short. */
export function messageText({ environment, test, notices }: Omit<AlertMessage, 'text'>): string {
  const shown = notices.slice(0, MOST_NOTICES);
  const left = notices.length - shown.length;
  return [
    `easyflip (${environment})${test ? ', a test: nothing is the matter' : ''}: ${heading(notices)}`,
    ...shown.flatMap(lines),
    ...(left > 0 ? [`… and ${left} more; \`easyflip alerts\` shows all.`] : []),
  ].join('\n');
}

function heading(notices: readonly MessageNotice[]): string {
  const count = (level: MessageNotice['level']): number => notices.filter((one) => one.state === 'firing' && one.level === level).length;
  const over = notices.filter(({ state }) => state === 'resolved').length;
  const parts = [
    [count('critical'), 'critical'],
    [count('warning'), 'warning'],
    [count('info'), 'report'],
    [over, 'resolved'],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, name]) => `${n} ${name}`)
    .join(', ');
}

const lines = ({ state, level, message, hint, since }: MessageNotice): readonly string[] => {
  if (state === 'resolved') return [`RESOLVED: ${message} (since ${utcMinute(since)}; it is over)`];
  return level === 'info' ? [message] : [`${level.toUpperCase()}: ${message}`, `  ${hint}`];
};
