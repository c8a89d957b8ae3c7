import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReviewDesk } from '../app/review/desk.ts';
import type { ReviewRow } from '../app/review/views.ts';
import { isEasyflipError } from '../core/errors.ts';
import type { ItemId } from '../core/item.ts';
import type { Role } from './access.ts';
import { rowHtml } from './pages/row.ts';

/** Changes that come close together are told together. */
const GATHER_MS = 120;
/** What other programs changed in the database is looked for so often while a page is open, and never for more than a tenth of the time. */
const LOOK_EVERY_MS = 3_000;
const AT_MOST_A_TENTH = 10;
const FEEDS_MAX = 20;

/** Tells open pages what changes, as server-sent events: `item` (its line, and what stands behind it), `all`, `notice`. */
export interface Feed {
  serve(incoming: IncomingMessage, outgoing: ServerResponse, role: Role): void;
  close(): void;
}

export function createFeed(desk: ReviewDesk): Feed {
  const open = new Map<ServerResponse, Role>();
  const changed = new Set<ItemId>();
  let known: ReadonlyMap<ItemId, string> | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;

  const send = (event: string, dataFor: (role: Role) => unknown): void => {
    for (const [outgoing, role] of open) outgoing.write(`event: ${event}\ndata: ${JSON.stringify(dataFor(role))}\n\n`);
  };
  const tellItem = (row: ReviewRow, counts: object): void =>
    send('item', (role) => ({
      id: row.id,
      row: rowHtml(row, { role, states: 'all', isCurrent: false }).safe,
      mark: markOf(row),
      counts,
    }));
  /** The whole list is one look at the database, however many items changed. */
  const look = async (): Promise<void> => {
    if (open.size === 0) return;
    const named = new Set(changed);
    changed.clear();
    const rows = await desk.rows();
    const marks = new Map(rows.map((row) => [row.id, markOf(row)]));
    const before = known;
    known = marks;
    const isOther = marks.size !== (before?.size ?? marks.size) || [...(before?.keys() ?? [])].some((id) => !marks.has(id));
    if (isOther) send('all', () => ({}));
    const counts = desk.counts(rows);
    for (const row of rows) if (named.has(row.id) || (before && before.get(row.id) !== marks.get(row.id))) tellItem(row, counts);
  };
  const lookSafely = (): Promise<void> =>
    look().catch((error: unknown) => {
      const message = isEasyflipError(error) ? error.message : 'What changed could not be read.';
      send('notice', () => ({ message, trouble: true }));
    });
  const soon = (): void => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      void lookSafely();
    }, GATHER_MS);
  };
  const lookNow = async (): Promise<void> => {
    const began = performance.now();
    await lookSafely();
    if (open.size > 0) looking = setTimeout(lookNow, Math.max(LOOK_EVERY_MS, AT_MOST_A_TENTH * (performance.now() - began)));
  };
  const stop = desk.onChange((change) => {
    if (change.kind === 'notice') {
      send('notice', () => ({ message: change.message, trouble: change.trouble }));
      return;
    }
    if (change.kind === 'all') {
      send('all', () => ({}));
      return;
    }
    changed.add(change.id);
    soon();
  });

  return {
    serve(incoming, outgoing, role) {
      const [oldest] = open.keys();
      if (open.size >= FEEDS_MAX && oldest) oldest.end();
      outgoing.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      outgoing.write('retry: 1000\nevent: hello\ndata: {}\n\n');
      open.set(outgoing, role);
      incoming.socket.setTimeout(0);
      outgoing.on('close', () => {
        open.delete(outgoing);
        if (open.size === 0) {
          clearTimeout(looking);
          known = undefined;
        }
      });
      if (open.size === 1) void lookNow();
    },
    close() {
      stop();
      clearTimeout(gathering);
      clearTimeout(looking);
      for (const outgoing of open.keys()) outgoing.end();
      open.clear();
    },
  };
}

/** What of a line a person could see change. */
const markOf = ({ state, stage, title, price, reason, activity, decision, photos }: ReviewRow): string =>
  JSON.stringify([state, stage, title, price, reason?.code, reason?.message, activity, decision, photos]);
