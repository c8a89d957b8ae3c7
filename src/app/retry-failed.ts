import { EasyflipError, ERROR_CODES } from '../core/errors.ts';
import type { RunFinished } from '../core/events.ts';
import type { Description, StageOutcome, StoredItem } from '../core/ports/index.ts';
import { isStandIn } from '../stages/draft/stand-in.ts';
import type { App } from './app.ts';
import { findItem } from './find-item.ts';
import { performRun } from './perform-run.ts';
import { type Again, inState } from './resume.ts';

export interface RetryRequest extends Again {
  /** Only failures with one of these codes. */
  readonly codes?: readonly string[] | undefined;
  /** Only these items. */
  readonly items?: readonly string[] | undefined;
  /** Only what failed longer ago, or since. */
  readonly olderThanMs?: number | undefined;
  readonly newerThanMs?: number | undefined;
}

/** Runs failed items again from the stage that failed; what they had finished is kept. Errors: `usage.*`. */
export const retryFailed = (app: App, request: RetryRequest): Promise<RunFinished> =>
  performRun(app, {
    command: 'retry-failed',
    ...request,
    async collect() {
      checkCodes(request.codes);
      const named = new Map<string, StoredItem>();
      for (const name of request.items ?? []) {
        const stored = await findItem(app.store, name);
        named.set(stored.item.id, stored);
      }
      const failed = [...(await inState(app, ['failed'])), ...(await stoodInFor(app))].filter(
        ({ stored, failedStage }) =>
          (request.items === undefined || named.has(stored.item.id)) && isWanted(failedStage, request, app.clock.now()),
      );
      for (const { stored } of failed) named.delete(stored.item.id);
      refuseOthers([...named.keys()], request);
      for (const { stored, failedStage } of failed) if (failedStage) await app.store.outcomes.forget(stored.item.id, anew(failedStage));
      return failed.map(({ stored }) => stored);
    },
  });

/** Held items that the local analysis described because the provider failed: the provider's failure is what is tried again. */
async function stoodInFor(app: App): Promise<readonly { readonly stored: StoredItem; readonly failedStage: StageOutcome }[]> {
  const found = [];
  for (const { stored } of await inState(app, ['held'])) {
    if (stored.decision?.kind === 'approve') continue;
    const drafted = (await app.store.outcomes.ofItem(stored.item.id)).find(({ stage, kind }) => stage === 'draft' && kind === 'done');
    const described = drafted?.output as Description | undefined;
    if (!drafted || !described?.insteadOf || !isStandIn(described)) continue;
    found.push({ stored, failedStage: { ...drafted, reason: described.insteadOf } });
  }
  return found;
}

function isWanted(failed: StageOutcome | undefined, { codes, olderThanMs, newerThanMs }: RetryRequest, nowMs: number): boolean {
  if (codes !== undefined && !codes.includes(failed?.reason?.code ?? '')) return false;
  const ageMs = nowMs - Date.parse(failed?.finishedAt ?? failed?.startedAt ?? '');
  return (olderThanMs === undefined || ageMs >= olderThanMs) && (newerThanMs === undefined || ageMs <= newerThanMs);
}

/** A misspelt code would retry nothing and look as if all were well. */
function checkCodes(codes: readonly string[] = []): void {
  const unknown = codes.filter((code) => !(ERROR_CODES as readonly string[]).includes(code));
  if (unknown.length === 0) return;
  throw new EasyflipError('usage.invalid', `There is no error code ${unknown.map((code) => `"${code}"`).join(', ')}.`, {
    hint: 'See the codes that occurred with `easyflip status --failed`.',
  });
}

function refuseOthers(ids: readonly string[], { codes, olderThanMs, newerThanMs }: RetryRequest): void {
  const [first] = ids;
  if (first === undefined) return;
  const narrowed = codes !== undefined || olderThanMs !== undefined || newerThanMs !== undefined;
  const who = ids.length === 1 ? `Item ${first} has` : `Items ${ids.join(', ')} have`;
  throw new EasyflipError('usage.wrong-state', `${who} not failed${narrowed ? ' in that way' : ''}.`, {
    hint: `See \`easyflip show ${first}\`.`,
  });
}

/** What is done anew: the stage that failed, and the upload of pictures that eBay then did not take. */
const anew = ({ stage, reason }: StageOutcome): readonly string[] => (reason?.code === 'picture.rejected' ? ['upload', stage] : [stage]);
