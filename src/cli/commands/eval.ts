import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { compareRuns, readRun } from '../../app/eval/compare-runs.ts';
import { evaluateItems } from '../../app/eval/evaluate-items.ts';
import { evaluateReading } from '../../app/eval/evaluate-reading.ts';
import { evalGrouping } from '../../app/eval/grouping.ts';
import { EXIT } from '../../app/exit-code.ts';
import { EasyflipError, type Reason } from '../../core/errors.ts';
import { createRunControl, type RunControl } from '../../pipeline/run-control.ts';
import { renderComparison, renderEval, renderReading } from '../../report/eval.ts';
import { groupingScoresJson, renderGroupingScores } from '../../report/eval-grouping.ts';
import { evalJson, readingJson } from '../../report/eval-json.ts';
import { evalPage } from '../../report/eval-page.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { type Session, withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface EvalFlags extends Omit<CommonFlags, 'json'> {
  readonly reading?: boolean;
  readonly grouping?: boolean;
  readonly rounds: string;
  readonly provider?: string;
  readonly model?: string;
  readonly maxCost?: string;
  readonly html?: string;
  readonly compare?: string;
  /** true: on standard output; a text: the file to write. */
  readonly json?: boolean | string;
}

const HELP = `
Examples:
  easyflip eval ./truth                             what the best provider with credentials makes of it
  easyflip eval ./truth --provider local            the same without a key
  easyflip eval ./truth --max-cost 2                not a cent more than two dollars
  easyflip eval ./truth --json new.json             kept, to compare with later
  easyflip eval ./truth --compare old.json --html new.html
  easyflip eval ./labels --reading                  text and codes that are read, against what is printed
  easyflip eval ./sorted --grouping                 piles made of folders with one item each, taken apart again

DIR holds an expected.json that says what is true; docs/eval.md shows its shape. Nothing is listed and nothing is stored
but paid answers, so that the same evaluation again costs nothing. --grouping needs no expected.json: the folders are the truth.
Exact: items found with all their photos and no other. Flagged: groups that are held until you have looked.

Exit codes: 0 measured; 2 wrong usage or expected.json; 3 measured, but some items failed; 4 stopped early; 130 interrupted.`;

export const evalCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('eval')
      .description('how right a provider is about items whose truth is known')
      .argument('<dir>', 'folder with an expected.json')
      .option('--provider <name>', 'analysis provider: auto, openai, google-vision, local')
      .option('--model <name>', 'vision model of the provider')
      .option('--max-cost <usd>', 'end before the run costs more')
      .option('--html <file>', 'write a page that needs nothing else')
      .option('--compare <file>', 'set it beside an earlier run that --json has written')
      .option('--reading', 'judge the reading of text and codes alone')
      .option('--grouping', 'judge how well piles are taken apart')
      .option('--rounds <n>', 'with --grouping: piles of each kind', '20'),
    '--json [file]',
  )
    .addHelpText('after', HELP)
    .action((directory: string, flags: EvalFlags) =>
      withSession(shell, { ...flags, json: flags.json === true }, async (session) => {
        const { app } = session;
        const tell = (line: string): void => {
          if (!flags.quiet && session.format !== 'json') shell.err.write(`${line}\n`);
        };
        const ended = (done: number, all: number, name: string): void => tell(`${done}/${all} ${name}`);
        if (flags.grouping) {
          const scores = await evalGrouping(app, directory, roundsOf(flags), new AbortController().signal);
          await show(session, flags.json, groupingScoresJson(scores), () => renderGroupingScores(scores));
          return;
        }
        if (flags.reading) {
          const run = await interruptible(tell, (control) =>
            evaluateReading(app, directory, { control, onFile: (done, all, { file }) => ended(done, all, file) }),
          );
          await show(session, flags.json, readingJson(run), () => renderReading(run, session.style));
          return;
        }
        const before = flags.compare === undefined ? undefined : await readRun(flags.compare);
        const run = await interruptible(tell, (control) =>
          evaluateItems(app, directory, { control, onItem: (done, all, { item }) => ended(done, all, item) }),
        );
        const comparison = before ? compareRuns(before, run) : null;
        if (flags.html !== undefined) await writeFile(flags.html, evalPage(run, comparison));
        const compared = (): string => (comparison ? renderComparison(comparison, run, session.style) : '');
        await show(session, flags.json, evalJson(run, comparison), () => renderEval(run, session.style) + compared());
        if (run.tally.failed > 0) shell.exit(EXIT.someFailed);
      }),
    );

const INTERRUPTED: Reason = {
  code: 'run.cancelled',
  message: 'The evaluation was interrupted.',
  hint: 'Run it again: answers that were paid for are kept and cost nothing.',
};

/** The first SIGINT or SIGTERM lets the items under way end, so that their answers are kept; the second ends at once. */
async function interruptible<T>(tell: (line: string) => void, work: (control: RunControl) => Promise<T>): Promise<T> {
  const control = createRunControl(() => tell('Stopping after the items under way; once more to stop at once.'));
  const onSignal = (): void => (control.soft.aborted ? control.stopNow() : control.stop(INTERRUPTED));
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await work(control);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

function roundsOf({ rounds }: EvalFlags): number {
  const count = Number(rounds);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new EasyflipError('usage.invalid', `--rounds takes a whole number from 1, not ${rounds}.`, { hint: 'Leave it out for 20.' });
}

async function show(session: Session, to: boolean | string | undefined, run: unknown, text: () => string): Promise<void> {
  if (typeof to === 'string') await writeFile(to, `${JSON.stringify(run, null, 2)}\n`);
  if (session.format === 'json') session.json(run);
  else session.text(text());
}
