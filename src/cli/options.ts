import { type Command, Option } from 'commander';
import { SITES } from '../core/site.ts';

/** Flags of every command that opens the store. */
export interface CommonFlags {
  readonly env?: string;
  readonly marketplace?: string;
  readonly dataDir?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** `json`: how the flag is written where it may also name a file. */
export const withCommonOptions = (command: Command, json = '--json'): Command =>
  command
    .addOption(new Option('--env <name>', 'where to list').choices(['practice', 'sandbox', 'production']))
    .addOption(new Option('--marketplace <site>', 'the eBay site').choices(Object.keys(SITES)))
    .option('--data-dir <dir>', 'folder of database and pictures (EASYFLIP_DATA_DIR)')
    .option('--config <file>', 'settings file (default: ./easyflip.config.json)')
    .option(json, 'one JSON object per line on standard output, nothing else')
    .option('--quiet', 'only what failed and the closing line')
    .option('--verbose', 'retries, stages and causes too');

export const BATCH_FLAG = [
  '--batch',
  "questions to the model go to OpenAI's Batch API: half price, within 24 hours; waits for them",
] as const;

/** Flags of the commands that run items. */
export interface RunFlags extends CommonFlags {
  readonly dryRun?: boolean;
  readonly publish?: string;
  readonly maxCost?: string;
  readonly maxCostItem?: string;
  readonly maxCostDay?: string;
  readonly maxMinutes?: string;
  readonly window?: string;
  readonly pace?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly concurrency?: string;
  /** Of those that begin or continue many. */
  readonly batch?: boolean;
}

export const withRunOptions = (command: Command): Command =>
  withWorkOptions(
    command
      .option('--dry-run', 'do everything up to the first call that writes to eBay')
      .option('--max-cost <usd>', 'stop in order before the run costs more'),
  );

/** Of everything that takes items to eBay, also of what never ends. */
export const withWorkOptions = (command: Command): Command =>
  withCommonOptions(
    command
      .addOption(
        new Option('--publish <mode>', 'auto: list what is certain; review: hold all; never: stop before eBay').choices([
          'auto',
          'review',
          'never',
        ]),
      )
      .option('--max-cost-item <usd>', 'put an item off before it costs more, over all runs')
      .option('--max-cost-day <usd>', 'stop in order before all runs of the day (UTC) cost more')
      .option('--max-minutes <n>', 'stop in order after so many minutes')
      .option('--window <from-to>', 'begin new items only between these times of the day: 20:00-06:00')
      .option('--pace <n/day>', 'spread new listings over the day or hour: 40/day, 5/hour')
      .option('--provider <name>', 'analysis provider: auto, openai, google-vision, local')
      .option('--model <name>', 'vision model of the provider')
      .option('--concurrency <n>', 'calls to each service at once'),
  );

export const EXIT_CODES = `
Exit codes:
  0    all listed, listed before, or held for a person
  1    a bug in easyflip
  2    wrong usage or configuration; nothing was started
  3    finished, some items failed
  4    stopped early (budget, time, service down, selling limit); can be continued
  130  interrupted; what was finished is saved`;
