/** One way to set a setting besides the file: an environment variable and, mostly, a flag of the same meaning. */
export interface Variable {
  readonly variable: string;
  readonly flag?: string;
  /** Key in SettingsFlags. */
  readonly flagName?: keyof SettingsFlags;
  /** Dotted paths in the config file that it sets; none for what is no setting. */
  readonly paths: readonly string[];
  readonly kind: 'text' | 'number';
  readonly meaning: string;
}

/** Flags that set settings, as the command line gives them (numbers still as text, or already read). */
export interface SettingsFlags {
  readonly env?: string | undefined;
  readonly marketplace?: string | undefined;
  readonly publish?: string | undefined;
  readonly group?: string | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly maxCost?: string | number | undefined;
  readonly maxCostItem?: string | number | undefined;
  readonly maxCostDay?: string | number | undefined;
  readonly maxMinutes?: string | number | undefined;
  readonly window?: string | undefined;
  readonly pace?: string | undefined;
  readonly quietSeconds?: string | number | undefined;
  readonly concurrency?: string | number | undefined;
  readonly metricsPort?: string | number | undefined;
}

/** Every service's concurrency, so that one word makes a run faster or gentler. */
const ALL_CONCURRENCY = 'services.*.concurrency';

/** The documented table: README and `easyflip config` are made from it. */
export const VARIABLES: readonly Variable[] = [
  {
    variable: 'EASYFLIP_ENV',
    flag: '--env',
    flagName: 'env',
    paths: ['environment'],
    kind: 'text',
    meaning: 'practice or sandbox; production only by file or flag',
  },
  {
    variable: 'EASYFLIP_MARKETPLACE',
    flag: '--marketplace',
    flagName: 'marketplace',
    paths: ['marketplace'],
    kind: 'text',
    meaning: 'the eBay site: EBAY_US, EBAY_GB, EBAY_DE, EBAY_AU or EBAY_CA',
  },
  {
    variable: 'EASYFLIP_PUBLISH',
    flag: '--publish',
    flagName: 'publish',
    paths: ['publish'],
    kind: 'text',
    meaning: 'auto, review or never',
  },
  {
    variable: 'EASYFLIP_GROUP',
    flag: '--group',
    flagName: 'group',
    paths: ['group'],
    kind: 'text',
    meaning: 'auto, folder, name, time or divider',
  },
  {
    variable: 'EASYFLIP_PROVIDER',
    flag: '--provider',
    flagName: 'provider',
    paths: ['analysis.provider'],
    kind: 'text',
    meaning: 'auto, openai, google-vision or local',
  },
  { variable: 'EASYFLIP_MODEL', flag: '--model', flagName: 'model', paths: ['analysis.model'], kind: 'text', meaning: 'name of the model' },
  {
    variable: 'EASYFLIP_MAX_COST',
    flag: '--max-cost',
    flagName: 'maxCost',
    paths: ['limits.maxCostUsd'],
    kind: 'number',
    meaning: 'US dollars a run may cost',
  },
  {
    variable: 'EASYFLIP_MAX_COST_ITEM',
    flag: '--max-cost-item',
    flagName: 'maxCostItem',
    paths: ['limits.maxCostPerItemUsd'],
    kind: 'number',
    meaning: 'US dollars an item may cost, over all runs',
  },
  {
    variable: 'EASYFLIP_MAX_COST_DAY',
    flag: '--max-cost-day',
    flagName: 'maxCostDay',
    paths: ['limits.maxCostPerDayUsd'],
    kind: 'number',
    meaning: 'US dollars all runs of a day (UTC) may cost',
  },
  {
    variable: 'EASYFLIP_MAX_MINUTES',
    flag: '--max-minutes',
    flagName: 'maxMinutes',
    paths: ['limits.maxMinutes'],
    kind: 'number',
    meaning: 'minutes a run may last',
  },
  {
    variable: 'EASYFLIP_WINDOW',
    flag: '--window',
    flagName: 'window',
    paths: ['limits.window'],
    kind: 'text',
    meaning: 'times of the day between which new items are begun',
  },
  {
    variable: 'EASYFLIP_PACE',
    flag: '--pace',
    flagName: 'pace',
    paths: ['limits.pace'],
    kind: 'text',
    meaning: 'new listings a day or an hour, spread over it',
  },
  {
    variable: 'EASYFLIP_QUIET_SECONDS',
    flag: '--quiet-seconds',
    flagName: 'quietSeconds',
    paths: ['watch.quietSeconds'],
    kind: 'number',
    meaning: 'how long a watched folder must be quiet',
  },
  {
    variable: 'EASYFLIP_CONCURRENCY',
    flag: '--concurrency',
    flagName: 'concurrency',
    paths: [ALL_CONCURRENCY],
    kind: 'number',
    meaning: 'calls at once to each service',
  },
  {
    variable: 'EASYFLIP_METRICS_PORT',
    flag: '--metrics-port',
    flagName: 'metricsPort',
    paths: ['metrics.port'],
    kind: 'number',
    meaning: 'port of 127.0.0.1 at which `watch` answers Prometheus',
  },
  { variable: 'EASYFLIP_CONFIG', flag: '--config', paths: [], kind: 'text', meaning: 'the config file' },
  { variable: 'EASYFLIP_DATA_DIR', flag: '--data-dir', paths: [], kind: 'text', meaning: 'folder of database and prepared pictures' },
  { variable: 'EASYFLIP_PRACTICE_URL', paths: [], kind: 'text', meaning: 'a practice marketplace that is already running' },
];
