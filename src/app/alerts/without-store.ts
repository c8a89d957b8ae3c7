import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AlertLevel } from '../../core/alert.ts';
import { isAtLeast } from '../../core/alert.ts';
import type { MessageNotice } from '../../core/alert-message.ts';
import type { ErrorCode, Reason } from '../../core/errors.ts';
import type { Places } from '../backup.ts';
import { channelsOf } from './channels.ts';
import { messageOf, sent } from './tell.ts';

/** What keeps the database from being opened until a person does something. */
const CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['store.damaged', 'store.full', 'store.read-only', 'store.locked']);
const LEVEL: AlertLevel = 'critical';

/** What was told while the store could not remember it. ISO times. */
interface Memory {
  readonly code: ErrorCode;
  readonly since: string;
  readonly toldAt: string;
}

const memoryFile = ({ folders, settings }: Places): string => join(folders.data, `alert.${settings.environment}.json`);

/**
 * The database does not open: told to every channel, and again only when repetitions are due. Remembered in a file of its own beside the
 * database. Never throws; whoever calls has a greater sorrow.
 */
export async function tellWithoutStore(places: Places, { code, hint }: Reason, signal: AbortSignal): Promise<void> {
  const { settings, env } = places;
  const channels = channelsOf(settings, env);
  if (!CODES.has(code) || channels.length === 0) return;
  const file = memoryFile(places);
  const known = await remembered(file);
  const now = Date.now();
  const at = new Date(now).toISOString();
  const { repeatHours } = settings.alerts;
  const isDue = known?.code !== code || (repeatHours !== null && now - Date.parse(known.toldAt) >= repeatHours * 3_600_000);
  if (!isDue) return;
  const since = known?.code === code ? known.since : at;
  const message = messageOf([noticeOf('firing', code, hint, since)], settings, now);
  const reasons = await Promise.all(channels.filter(({ from }) => isAtLeast(LEVEL, from)).map((channel) => sent(channel, message, signal)));
  // Nobody heard it: it is told next time.
  if (reasons.every((reason) => reason !== undefined)) return;
  await keep(file, { code, since, toldAt: at });
}

/** It opens again: told once to whom it was told that it did not. */
export async function tellItOpens(places: Places, signal: AbortSignal): Promise<void> {
  const file = memoryFile(places);
  const known = await remembered(file);
  if (known === undefined) return;
  // First, so that of two processes mostly one tells.
  await rm(file, { force: true }).catch(() => undefined);
  const { settings, env } = places;
  const message = messageOf([noticeOf('resolved', known.code, 'Nothing needs to be done.', known.since)], settings, Date.now());
  await Promise.all(channelsOf(settings, env).map((channel) => sent(channel, message, signal)));
}

function noticeOf(state: MessageNotice['state'], code: ErrorCode, hint: string, since: string): MessageNotice {
  return {
    state,
    key: 'database-unusable',
    rule: 'database-unusable',
    level: LEVEL,
    message: `The database cannot be opened (${code}): nothing can be listed.`,
    hint,
    figures: { code },
    since,
    resolvedAt: state === 'resolved' ? new Date().toISOString() : null,
  };
}

async function remembered(file: string): Promise<Memory | undefined> {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Partial<Memory>;
    return typeof read.code === 'string' && typeof read.since === 'string' && typeof read.toldAt === 'string'
      ? (read as Memory)
      : undefined;
  } catch {
    return undefined;
  }
}

/** On a full disk it cannot be remembered; then it is told again. */
async function keep(file: string, memory: Memory): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch(() => undefined);
  await writeFile(file, JSON.stringify(memory), { mode: 0o600 }).catch(() => undefined);
}
