import type { Kind } from './kinds.ts';
import { Trial, type Violence } from './trial.ts';
import type { Truth } from './truth.ts';

interface Point {
  readonly kind: Kind;
  readonly moment: string;
  readonly violence: Violence;
}

export interface PointResult extends Point {
  /** Undefined: the program got through without meeting this moment; it was not killed. */
  readonly problems: readonly string[] | undefined;
}

/** At most so many moments of one name for each kind: the third upload of an item tells nothing new. */
const SAME_NAME_MAX = 2;

/**
 * Kills each kind at its moments and looks what is there after the next run. `take` chooses from the moments of a kind.
 * One kind after the other; several matrices may run side by side.
 */
export async function runMatrix(
  kinds: readonly Kind[],
  take: (moments: readonly string[]) => readonly string[],
  tell: (result: PointResult) => void = () => {},
): Promise<readonly PointResult[]> {
  const results: PointResult[] = [];
  for (const kind of kinds) {
    const trial = await Trial.open(kind);
    try {
      const { moments, truth } = await trial.unharmed();
      for (const [at, moment] of take(distinct(moments)).entries()) {
        const point: Point = { kind, moment, violence: violenceAt(moment, at) };
        const result = { ...point, problems: await attempt(trial, point, truth) };
        results.push(result);
        tell(result);
      }
    } finally {
      await trial.close();
    }
  }
  return results;
}

async function attempt(trial: Trial, { moment, violence }: Point, truth: Truth): Promise<readonly string[] | undefined> {
  try {
    return await trial.killedAt(moment, violence, truth);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Half of the program's deaths are power cuts. */
const violenceAt = (moment: string, at: number): Violence => (/ work /.test(moment) ? 'marketplace' : at % 2 === 0 ? 'kill' : 'plug');

const distinct = (moments: readonly string[]): readonly string[] =>
  moments.filter((moment) => Number(moment.split(' ').at(-1)) <= SAME_NAME_MAX);
