import { EasyflipError } from '../core/errors.ts';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `90s`, `30m`, `2h`, `1d`, `1w` in milliseconds. Errors: `usage.invalid` naming the flag. */
export function ageMs(text: string, flag: string): number {
  const [, number, unit] = /^(\d{1,6})([smhdw])$/.exec(text.trim()) ?? [];
  if (number === undefined) {
    throw new EasyflipError('usage.invalid', `${flag} takes a time such as 30m, 2h or 1d, not "${text}".`, {
      hint: 'Run `easyflip retry-failed --help`.',
    });
  }
  return Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
