import type { StoreCondition } from '../core/ports/store.ts';
import { costText, counted, durationText } from './amounts.ts';
import type { Finding } from './doctor.ts';
import type { LogTail } from './log/read-log.ts';
import { storyLines } from './story.ts';
import { clean } from './text.ts';
import type { Story } from './views.ts';

/** Everything a bug report may tell. What is not here cannot get into it. */
export interface BundleView {
  readonly at: string;
  /** `easyflip` → `0.1.0` */
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Readonly<Record<string, string>>;
  readonly settings: readonly { readonly path: string; readonly value: string; readonly from: string }[] | { readonly code: string };
  readonly variables: Readonly<Record<string, 'set' | 'unset'>>;
  readonly findings: readonly Pick<Finding, 'group' | 'name' | 'health'>[];
  readonly database: StoreCondition | { readonly code: string };
  readonly states: Readonly<Record<string, number>>;
  readonly codes: Readonly<Record<string, number>>;
  readonly lastRun: {
    readonly command: string;
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly exitCode: number | null;
    readonly counts: Readonly<Record<string, number>> | null;
  } | null;
  readonly services: readonly string[];
  readonly stories: readonly Story[];
  /** Failed items beyond those in `stories`. */
  readonly moreFailed: number;
  readonly log: LogTail;
  readonly withItems: boolean;
}

export interface BundleSection {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The file's text: to be read through before it is sent. */
export function renderBundle(view: BundleView): string {
  const told = view.withItems
    ? 'You asked for titles, folders and sentences of failed items to be in it (--with-items).'
    : 'It holds no photos, titles, sentences, keys, tokens, addresses, places or folder names.';
  const head = [
    `easyflip report for a bug, ${view.at}`,
    told,
    'It lies unencrypted, whatever store.encryptAtRest says. Read it through before you send it.',
  ];
  return `${[head, ...bundleSections(view).map(({ name, lines }) => [`== ${name} ==`, ...lines])].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

export function bundleSections(view: BundleView): readonly BundleSection[] {
  const { settings, database, lastRun, log, moreFailed } = view;
  return [
    { name: 'Versions', lines: pairs(view.versions) },
    { name: 'Machine', lines: pairs(view.machine) },
    {
      name: 'Settings that are not the defaults',
      lines:
        'code' in settings ? [`cannot be read: ${settings.code}`] : settings.map(({ path, value, from }) => `${path} = ${value} (${from})`),
    },
    { name: 'Environment variables', lines: pairs(view.variables) },
    { name: 'Checks, nothing was asked outside', lines: view.findings.map(({ group, name, health }) => `${health}  ${group}: ${name}`) },
    { name: 'Database', lines: databaseLines(database) },
    { name: 'Items by state', lines: pairs(view.states) },
    { name: 'Failed and held items by code', lines: pairs(view.codes) },
    { name: 'Services', lines: view.services },
    {
      name: 'Last run',
      lines: lastRun
        ? pairs({
            command: lastRun.command,
            started: lastRun.startedAt,
            finished: lastRun.finishedAt ?? 'no',
            'exit code': String(lastRun.exitCode ?? 'none'),
            ...lastRun.counts,
          })
        : [],
    },
    {
      name: 'Failed items',
      lines: [
        ...view.stories.flatMap((story) => (view.withItems ? wholeStory(story) : bareStory(story))),
        ...(moreFailed > 0 ? [`and ${moreFailed} more`] : []),
      ],
    },
    {
      name: 'Log from the last run on',
      lines: [
        ...log.lines,
        ...(log.leftOut > 0 ? [`${counted(log.leftOut, 'line')} in the middle left out`] : []),
        ...(log.odd > 0 ? [`${counted(log.odd, 'line')} left out that are not of this program's making`] : []),
      ],
    },
  ].map(({ name, lines }) => ({ name, lines: lines.length === 0 ? ['nothing'] : lines }));
}

const pairs = (from: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(from).map(([name, value]) => `${name}: ${value}`);

function databaseLines(database: BundleView['database']): string[] {
  if ('code' in database) return [`cannot be opened: ${database.code}`];
  const { schemaVersion, engine, bytes, logBytes, problems } = database;
  return pairs({ schema: schemaVersion, engine, bytes, 'log bytes': logBytes, problems });
}

/** The story in numbers and codes: sentences may repeat what the seller wrote. eBay's error numbers are taken out of them. */
function bareStory({ item, failures, done, calls }: Story): string[] {
  return [
    `${item.id}  ${counted(item.photos, 'photo')}, cost ${costText(item.costUsd)}`,
    ...failures.map(({ stage, attempts, failedAt, reason, passesByItself }) => {
      const numbers = /\((?:error|status) ([\d, ]+)\)$/.exec(reason.message)?.[1];
      return `  ${failedAt} ${stage} ${reason.code}${numbers === undefined ? '' : ` ${numbers}`}, ${counted(attempts, 'attempt')}, ${passesByItself ? 'tried again by the next run' : 'remembered'}`;
    }),
    ...done.map(({ what, count, at, answered }) => `  outside: ${what} ${count} ${at}${answered ? '' : ' without an answer'}`),
    ...calls.map(({ service, calls: made, failed, ms }) => `  calls: ${service} ${made}, ${failed} failed, ${durationText(ms / 1000)}`),
  ];
}

const wholeStory = (story: Story): string[] => [
  `${story.item.id}  ${clean(story.item.title ?? '')}  ${clean(story.item.source)}`,
  ...storyLines(story, Number.POSITIVE_INFINITY).map((line) => `  ${line}`),
];
