import { type Fact, type FactName, isProven } from '../core/facts.ts';
import type { Description, StageOutcome } from '../core/ports/index.ts';
import type { ShowView } from '../report/views.ts';
import type { Checked } from '../stages/check.ts';
import type { Classified } from '../stages/classify.ts';
import type { Prepared } from '../stages/prepare.ts';
import type { Priced } from '../stages/price.ts';
import type { Read } from '../stages/read.ts';
import type { Specified } from '../stages/specify.ts';
import type { App } from './app.ts';
import { findItem } from './find-item.ts';
import { photoProblems } from './photo-problems.ts';
import { stageNames } from './status.ts';
import { storyOf } from './story.ts';

/** Everything that is known of one item: facts with their evidence, what each stage did, and what settles it. */
export async function showView(app: App, name: string): Promise<ShowView> {
  const { store } = app;
  const stored = await findItem(store, name);
  const { id } = stored.item;
  const [outcomes, costs, sales, traffic, waiting] = await Promise.all([
    store.outcomes.ofItem(id),
    store.ledger.spentByItem(),
    store.sales.ofItem(id),
    store.sales.trafficOf(id),
    store.batches.waitingItems(),
  ]);
  const result = <T>(stage: string): Partial<T> | undefined => {
    const outcome = outcomes.find((one) => one.stage === stage);
    return (outcome?.output ?? outcome?.partial) as Partial<T> | undefined;
  };
  const category = result<Classified>('classify')?.category;
  const specified = result<Specified>('specify');
  const description = result<Description>('draft');
  const { item, ...story } = await storyOf(app, stored, outcomes, costs.get(id) ?? 0, waiting.get(id));
  const checked = result<Checked>('check');
  const content = checked?.content;
  const pictures = result<Prepared>('prepare')?.photos ?? [];
  const prepared = new Map(pictures.map((photo) => [photo.source, photo]));
  // What was seen and read is numbered by the photos that could be prepared.
  const numberOf = new Map(pictures.map(({ source }, at) => [source, at + 1]));
  const problems = photoProblems(pictures, result<Read>('read')?.texts ?? [], description ?? {});
  const order = specified?.pictureOrder ?? [];
  return {
    item,
    story,
    photos: stored.item.photos.map(({ sha256, path, width, height, takenAt }, index) => ({
      number: index + 1,
      path,
      width,
      height,
      takenAt: takenAt ?? null,
      removed: prepared.get(sha256)?.removed ?? [],
      changes: prepared.get(sha256)?.changes ?? [],
      place: order.indexOf(numberOf.get(sha256) ?? 0) + 1 || null,
      warnings: prepared.get(sha256)?.warnings ?? [],
      problems: problems.filter(({ photo }) => photo === numberOf.get(sha256)),
    })),
    categoryPath: category ? [...category.ancestors.map((one) => one.name).reverse(), category.name].join(' > ') : null,
    condition: specified?.condition
      ? { id: specified.condition.id, word: specified.condition.word, note: specified.condition.note ?? null }
      : null,
    parcel:
      content?.packageWeight || content?.packageSize
        ? { weight: content.packageWeight ?? null, estimated: checked?.parcelEstimated === true }
        : null,
    priceBasis: result<Priced>('price')?.basis ?? null,
    description: content?.description ?? specified?.description ?? null,
    aspects: Object.entries(specified?.aspects ?? {}).map(([name, { values, fact }]) => ({ name, values, fact })),
    facts: (Object.entries(description?.facts ?? {}) as [FactName, Fact][]).map(([name, fact]) => ({
      name,
      fact,
      proven: isProven(name, fact),
    })),
    unknowns: (Object.entries(description?.unknowns ?? {}) as [FactName, { why: string }][]).map(([name, { why }]) => ({ name, why })),
    stages: inOrder(outcomes).map(({ stage, kind, attempts, startedAt, finishedAt, reason }) => ({
      stage,
      kind,
      attempts,
      startedAt,
      finishedAt: finishedAt ?? null,
      reason: reason ?? null,
    })),
    decision: stored.decision ?? null,
    sales,
    traffic: traffic ?? null,
  };
}

const inOrder = (outcomes: readonly StageOutcome[]): readonly StageOutcome[] =>
  [...outcomes].sort((a, b) => stageNames.indexOf(a.stage) - stageNames.indexOf(b.stage));
