import { basename } from 'node:path';
import { EasyflipError } from '../../core/errors.ts';
import type { ItemId } from '../../core/item.ts';
import { moneyLabel } from '../../core/money.ts';
import { basisText } from '../../report/evidence.ts';
import { htmlText } from '../../report/html-text.ts';
import type { Prepared } from '../../stages/prepare.ts';
import type { Priced } from '../../stages/price.ts';
import type { App } from '../app.ts';
import { showView } from '../show.ts';
import { shownHash } from '../shown-hash.ts';
import { type AllowedValues, NOTHING_ALLOWED } from './allowed.ts';
import { reviewFields } from './fields.ts';
import { type ActivityOf, rowOf } from './list.ts';
import { placesOf } from './pictures.ts';
import type { ReviewField, ReviewItem } from './views.ts';

const COMPARABLES_SHOWN = 12;

/** One item with everything that a decision needs. Errors: `usage.unknown-item`. */
export async function reviewItem(app: App, id: string, allowedValues: AllowedValues, activityOf: ActivityOf): Promise<ReviewItem> {
  const stored = await app.store.items.get(id as ItemId);
  if (!stored) throw unknownItem(id);
  const outcomes = await app.store.outcomes.ofItem(stored.item.id);
  const show = await showView(app, stored.item.id);
  const isOpen = show.item.state !== 'live' && show.item.state !== 'sold' && show.item.state !== 'ended';
  const words = show.item.title ?? (stored.item.nameWords.join(' ') || null);
  const allowed = isOpen ? await allowedValues.of(show.item.categoryId, words) : NOTHING_ALLOWED;
  const priced = outcomes.find(({ stage }) => stage === 'price')?.output as Partial<Priced> | undefined;
  const conditionOf = new Map(allowed.conditions.map(({ id: condition, label }) => [condition, label]));
  const { attempts: _attempts, costUsd: _cost, ...row } = show.item;
  // What was seen and read is numbered by the photos that could be prepared.
  const prepared = (outcomes.find(({ stage }) => stage === 'prepare')?.output as Partial<Prepared> | undefined)?.photos ?? [];
  const placeOf = new Map(prepared.map(({ source }, at) => [at + 1, stored.item.photos.findIndex(({ sha256 }) => sha256 === source) + 1]));
  const byPlace = (evidence: ReviewField['evidence']): ReviewField['evidence'] =>
    evidence.map(({ text, photo }) => ({ text, photo: photo === null ? null : (placeOf.get(photo) ?? null) }));
  return {
    row: rowOf(stored, row, activityOf),
    shown: shownHash(stored, outcomes),
    show,
    photos: stored.item.photos.map(({ sha256, path }, at) => ({
      number: at + 1,
      hash: sha256,
      name: basename(path),
      labels: placesOf(outcomes, sha256).length,
      problems: show.photos[at]?.problems ?? [],
      changes: show.photos[at]?.changes ?? [],
      place: show.photos[at]?.place ?? null,
    })),
    fields: reviewFields(stored, outcomes, allowed).map((field) => ({ ...field, evidence: byPlace(field.evidence) })),
    comparables: (priced?.comparables ?? []).slice(0, COMPARABLES_SHOWN).map(({ title, price, shipping, conditionId }) => ({
      title,
      price: shipping && shipping.minor > 0 ? `${moneyLabel(price)} + ${moneyLabel(shipping)} shipping` : moneyLabel(price),
      condition: conditionId === undefined ? null : (conditionOf.get(conditionId) ?? conditionId),
    })),
    priceBasis: priced?.basis ? basisText(priced.basis) : null,
    questions: show.item.reason ? [show.item.reason] : [],
    choicesMissing: allowed.missing,
    descriptionText: show.description === null ? null : htmlText(show.description),
  };
}

export const unknownItem = (id: string): EasyflipError =>
  new EasyflipError('usage.unknown-item', `There is no item "${id.slice(0, 40)}" any more.`, {
    hint: 'Load the page again: its photos may have been grouped anew.',
  });
