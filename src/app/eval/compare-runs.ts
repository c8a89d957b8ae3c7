import { EasyflipError } from '../../core/errors.ts';
import { evalRun } from '../../report/eval-schema.ts';
import type { EvalComparison, EvalRun, FieldVerdict } from '../../report/eval-view.ts';
import { readJson } from './read-json.ts';

/** Ten thousand items with all their fields have about this many bytes. */
const MAX_BYTES = 100_000_000;
const HINT = 'Name a file that `easyflip eval DIR --json FILE` has written.';

/** An earlier run that was kept with `--json FILE`. Errors: `usage.invalid`. */
export async function readRun(file: string): Promise<EvalRun> {
  const { data } = evalRun.safeParse(await readJson(file, MAX_BYTES, HINT));
  if (data) return data;
  throw new EasyflipError('usage.invalid', `${file} is no run of \`easyflip eval\`.`, { hint: HINT });
}

/** Best first: a missing value costs the seller a minute, a wrong one a return. */
const WORTH: Readonly<Record<FieldVerdict['verdict'], number>> = { right: 2, 'rightly-absent': 2, missing: 1, wrong: 0 };

/** What is judged otherwise than before, for items and fields that both runs have. Pure. */
export function compareRuns(before: EvalRun, now: EvalRun): EvalComparison {
  const changes = now.items.flatMap(({ item, fields }) => {
    const old = before.items.find((one) => one.item === item);
    return fields.flatMap((field) => {
      const was = old?.fields.find((one) => one.field === field.field);
      if (!was || (was.verdict === field.verdict && was.stated === field.stated)) return [];
      return [{ item, field: field.field, before: short(was), now: short(field) }];
    });
  });
  const step = (change: (typeof changes)[number]): number => WORTH[change.now.verdict] - WORTH[change.before.verdict];
  const name = `${before.provider}${before.model ? ` ${before.model}` : ''}, ${before.at}`;
  return {
    with: name,
    better: changes.filter((change) => step(change) > 0).length,
    worse: changes.filter((change) => step(change) < 0).length,
    changes,
    before: before.tally,
  };
}

const short = ({ verdict, stated }: FieldVerdict): Pick<FieldVerdict, 'verdict' | 'stated'> => ({ verdict, stated });
