import { EasyflipError } from '../core/errors.ts';
import type { Emit, RunFinished } from '../core/events.ts';
import type { StoredItem } from '../core/ports/index.ts';
import type { RunControl } from '../pipeline/run-control.ts';
import type { App } from './app.ts';
import { duePerPace } from './pace.ts';
import { performRun } from './perform-run.ts';
import { adoptPlan } from './plan-file.ts';
import { planFolders } from './planning.ts';
import { pruneDaily } from './prune.ts';
import { registerPlan } from './register.ts';

export interface ListRequest {
  /** None when a plan names them. */
  readonly directories: readonly string[];
  /** A plan file that says which photos belong together. */
  readonly plan?: string | undefined;
  readonly dryRun: boolean;
  /** Begin at most so many items that are not live yet. */
  readonly limit?: number | undefined;
  /** Wait for half the price. */
  readonly batch?: boolean | undefined;
  readonly emit: Emit;
  readonly control: RunControl;
}

/** The main job: photo folders in, live listings out. Run again to continue. */
export function list(app: App, { directories: named, plan, dryRun, limit, batch, emit, control }: ListRequest): Promise<RunFinished> {
  return performRun(app, {
    command: 'list',
    dryRun,
    emit,
    control,
    tidy: () => pruneDaily(app, emit),
    batch,
    async collect() {
      const directories = await directoriesOf(app, named, plan, control.soft);
      const found = await planFolders(app, directories, control.soft);
      for (const { path, reason } of found.unused) emit({ type: 'file.refused', path, reason });
      emit({ type: 'scan.finished', items: found.items, photos: found.photos, refused: found.unused.length });
      return asManyAsWanted(app, registerPlan(app, found, emit), limit, emit);
    },
  });
}

async function directoriesOf(
  app: App,
  named: readonly string[],
  plan: string | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (named.length > 0 === (plan !== undefined)) {
    throw new EasyflipError('usage.invalid', plan === undefined ? 'No folder was named.' : 'A plan names its folders itself.', {
      hint: 'Run `easyflip list FOLDER`, or `easyflip list --plan FILE`.',
    });
  }
  return plan === undefined ? named : adoptPlan(app, plan, signal);
}

/** The live ones cost nothing and stay in; of the others only as many as were asked for. */
async function* asManyAsWanted(
  app: App,
  found: AsyncIterable<StoredItem>,
  limit: number | undefined,
  emit: Emit,
): AsyncGenerator<StoredItem> {
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw new EasyflipError('usage.invalid', `--limit takes a whole number from 1, not ${limit}.`, {
      hint: 'Leave it out to list everything.',
    });
  }
  const due = await duePerPace(app);
  const wanted = Math.min(limit ?? Number.POSITIVE_INFINITY, due);
  let room = wanted;
  let left = 0;
  for await (const stored of found) {
    const isTaken = wanted === Number.POSITIVE_INFINITY || (await isPublished(app, stored)) || room-- > 0;
    if (isTaken) yield stored;
    else left += 1;
  }
  if (left > 0)
    emit({
      type: 'run.notice',
      message: `${left} more ${left === 1 ? 'item waits' : 'items wait'} because of ${due < (limit ?? Number.POSITIVE_INFINITY) ? '--pace' : '--limit'}; run the same command again for them.`,
    });
}

const isPublished = async ({ store }: App, { item, adopted }: StoredItem): Promise<boolean> =>
  adopted !== undefined || (await store.outcomes.ofStage(item.id, 'publish'))?.kind === 'done';
