import { EasyflipError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { ItemId } from '../../core/item.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import { SITES } from '../../core/site.ts';
import { factsOfTexts } from '../../intake/field-text.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { FieldChange } from '../../report/edit.ts';
import type { App } from '../app.ts';
import { approve, hold, skip } from '../decide.ts';
import { applyEdit, proposeEdit } from '../edit/edit.ts';
import type { Edit } from '../edit/lay-edit.ts';
import { fieldNamed } from '../edit/named-fields.ts';
import { mergeItems, movePhoto, type Regrouped, splitItem } from '../group.ts';
import { refuseUnseen } from '../shown-hash.ts';
import { allowedValues } from './allowed.ts';
import { reviewItem, unknownItem } from './item.ts';
import { countsOf, reviewList, reviewRows } from './list.ts';
import { type PictureUse, reviewPicture } from './pictures.ts';
import { remake } from './regroup.ts';
import type { ReviewChange, ReviewItem, ReviewList, ReviewRow, ShownStates } from './views.ts';
import { ReviewWork } from './work.ts';

/** What a person changes on the page: texts by field, and fields that shall have no value or lose the seller's word. */
interface SaidTexts {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
  readonly unset: readonly string[];
}

interface Edited {
  readonly item: ItemId;
  readonly changes: readonly FieldChange[];
  readonly withdrawsApproval: boolean;
}

/** What came of grouping anew: the items there are now, or why they have to wait for the next `list`. */
interface Grouped {
  readonly items: readonly ItemId[];
  readonly waits: string | null;
}

/**
 * Everything that a review page can ask for. Reads may be repeated. Words about an item go through the use cases of the commands of the
 * same names, with their rules and errors; besides, `usage.wrong-state` while this program has the item in work, and where it is not any
 * more what `shown` says.
 */
export interface ReviewDesk {
  rows(): Promise<readonly ReviewRow[]>;
  counts(rows: readonly ReviewRow[]): ReviewList['counts'];
  list(wanted: { readonly states: ShownStates; readonly page: number; readonly item?: string | undefined }): Promise<ReviewList>;
  item(id: string): Promise<ReviewItem>;
  /** `hash`: of the photo; `cover`: the first. JPEG bytes; undefined: there is none. */
  picture(id: string, hash: string, use: PictureUse): Promise<Buffer | undefined>;
  /** It goes live while the desk is open. */
  approve(id: string, shown: string): Promise<void>;
  setAside(id: string, kind: 'hold' | 'skip', shown: string | undefined): Promise<void>;
  /** All of them or none. `preview`: only tells what would change. */
  edit(
    ids: readonly string[],
    said: SaidTexts,
    options: { readonly preview: boolean; readonly shown?: string | undefined },
  ): Promise<readonly Edited[]>;
  merge(ids: readonly string[]): Promise<Grouped>;
  /** Photos by their hash. */
  split(id: string, photos: readonly string[]): Promise<Grouped>;
  move(id: string, photos: readonly string[], to: string): Promise<Grouped>;
  /** Tells of every change from now on; answers how to stop that. */
  onChange(listener: (change: ReviewChange) => void): () => void;
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

export interface DeskRequest {
  readonly emit: Emit;
  /** Ends everything. */
  readonly control: RunControl;
  /** What the seller listed, for grouping anew; may be empty. */
  readonly folders: readonly string[];
}

/** The room behind the review page: one for a program. */
export function openReviewDesk(app: App, { emit, control, folders }: DeskRequest): ReviewDesk {
  const { store, settings } = app;
  const listeners = new Set<(change: ReviewChange) => void>();
  const tell = (change: ReviewChange): void => {
    for (const listener of listeners) listener(change);
  };
  const work = new ReviewWork(app, { emit, control, tell });
  const allowed = allowedValues(app, { emit, control });
  const activityOf = (id: ItemId) => work.activityOf(id);
  const { currency } = SITES[settings.marketplace];
  // Connecting takes a second; the first item shall not wait for it.
  void allowed.of(null, null);

  const stored = async (id: string): Promise<StoredItem> => {
    const found = await store.items.get(id as ItemId);
    if (!found) throw unknownItem(id);
    return found;
  };
  const unlessBusy = async (id: string, { queued = true } = {}): Promise<StoredItem> => {
    const found = await stored(id);
    work.refuseBusy(found.item.id, { queued });
    return found;
  };
  const asShown = async (found: StoredItem, shown: string | undefined): Promise<void> => {
    if (shown !== undefined) refuseUnseen(found, await store.outcomes.ofItem(found.item.id), shown);
  };
  const grouped = async (regrouped: Regrouped): Promise<Grouped> => {
    const remade = await remake(app, regrouped, { folders, emit, signal: control.soft });
    const items = 'items' in remade ? remade.items : [];
    work.begin('working-out', items);
    tell({ kind: 'all' });
    return { items: items.map(({ item }) => item.id), waits: 'waits' in remade ? remade.waits : null };
  };
  const photosOf = ({ item }: StoredItem, hashes: readonly string[]): readonly string[] =>
    hashes.map((hash) => {
      const photo = item.photos.find(({ sha256 }) => sha256 === hash);
      if (photo) return photo.path;
      throw new EasyflipError('usage.wrong-state', `Item ${item.id} does not have this photo any more.`, { hint: 'Load the page again.' });
    });

  return {
    rows: () => reviewRows(app, activityOf),
    counts: countsOf,
    list: async (wanted) => reviewList(await reviewRows(app, activityOf), settings, wanted),
    item: (id) => reviewItem(app, id, allowed, activityOf),
    async picture(id, hash, use) {
      const found = await stored(id);
      const photo = hash === 'cover' ? (found.item.photos[0]?.sha256 ?? '') : hash;
      return await reviewPicture(app, found, await store.outcomes.ofItem(found.item.id), photo, use, control.hard);
    },

    async approve(id, shown) {
      const { item } = await unlessBusy(id);
      work.begin('publishing', [await approve(app, item.id, undefined, shown)]);
    },
    async setAside(id, kind, shown) {
      const found = await unlessBusy(id, { queued: false });
      await asShown(found, shown);
      await (kind === 'hold' ? hold : skip)(app, found.item.id);
      tell({ kind: 'item', id: found.item.id });
    },
    async edit(ids, said, { preview, shown }) {
      const edit = editOf(said, currency);
      const items = await Promise.all([...new Set(ids)].map((id) => unlessBusy(id)));
      for (const found of items) await asShown(found, shown);
      const proposals = await Promise.all(items.map((found) => proposeEdit(app, found, edit)));
      const edited = proposals.map(({ stored: { item }, changes, withdrawsApproval }) => ({ item: item.id, changes, withdrawsApproval }));
      if (preview) return edited;
      const open = proposals.filter(({ changes }) => changes.length > 0);
      const anew: StoredItem[] = [];
      for (const proposal of open) {
        work.refuseBusy(proposal.stored.item.id, { queued: true });
        anew.push(await applyEdit(app, proposal));
      }
      work.begin('working-out', anew);
      return edited;
    },

    async merge(ids) {
      const items = await Promise.all([...new Set(ids)].map((id) => unlessBusy(id)));
      return grouped(
        await mergeItems(
          app,
          items.map(({ item }) => item.id),
        ),
      );
    },
    async split(id, photos) {
      const found = await unlessBusy(id);
      return grouped(await splitItem(app, found.item.id, photosOf(found, photos)));
    },
    async move(id, photos, to) {
      const found = await unlessBusy(id);
      const target = await unlessBusy(to);
      const paths = photosOf(found, photos);
      if (paths.length === 0) throw new EasyflipError('usage.invalid', 'No photo was chosen.', { hint: 'Choose the photos to move.' });
      const touched = new Map<string, StoredItem>();
      for (const path of paths) for (const one of (await movePhoto(app, path, target.item.id)).items) touched.set(one.item.id, one);
      return grouped({ items: [...touched.values()] });
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await work.rest();
      await allowed.close();
    },
  };
}

/** What was typed, each text checked as in a sidecar. Errors: `usage.invalid` with every problem. */
function editOf({ set, remove, unset }: SaidTexts, currency: string): Edit {
  const texts = new Map(Object.entries(set).map(([name, text]) => [fieldNamed(name), text.trim()] as const));
  const { facts, problems } = factsOfTexts(texts, currency);
  if (problems.length > 0) {
    throw new EasyflipError('usage.invalid', problems.map(({ field, message }) => `${field} ${message}.`).join(' '), {
      hint: 'Correct it; nothing was changed.',
    });
  }
  const edit: Edit = { set: facts, remove: remove.map(fieldNamed), unset: unset.map(fieldNamed) };
  if (texts.size + edit.remove.length + edit.unset.length === 0) {
    throw new EasyflipError('usage.invalid', 'Nothing is named to change.', { hint: 'Change a field first.' });
  }
  return edit;
}
