import * as z from 'zod';
import type { SettingSource } from './layers.ts';
import { nearest } from './nearest.ts';
import { isWebhookVariable, WEBHOOK_VARIABLE } from './secrets.ts';
import { fileShape } from './shape.ts';
import { VARIABLES } from './variables.ts';

type Issue = z.core.$ZodIssue;

/** Each issue as `pricing.percentile: must be at most 1`. What a variable or flag set is named by that. */
export function problemsOf(issues: readonly Issue[], sources: ReadonlyMap<string, SettingSource>): string[] {
  const problems = issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key));
    const source = sources.get(path);
    const place = source && source.from !== 'file' ? source.name : path;
    return [`${place}: ${sentence(issue)}`];
  });
  // One flag may set the same value in ten places.
  return [...new Set(problems)];
}

function sentence(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? `a value of kind ${issue.expected}`}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${issue.origin === 'string' ? ' character(s) long' : ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}`;
    case 'invalid_format':
      return formatSentence(issue);
    case 'custom':
      return issue.message;
    default:
      return 'is not allowed';
  }
}

function formatSentence({ path, format }: Extract<Issue, { code: 'invalid_format' }>): string {
  if (path.at(-1) === 'ocrLanguage') return 'must be a language code such as eng or eng+deu';
  if (format === 'date') return 'must be a day such as 2026-02-01';
  if (path.at(-1) === 'textfile') return 'must be a file whose name ends in .prom';
  if (path.includes('webhooks'))
    return 'must be EASYFLIP_WEBHOOK or EASYFLIP_WEBHOOK_NAME: the address itself is a secret and stands in that variable';
  if (path.includes('commands')) return 'must be small letters, digits and hyphens';
  if (path.includes('categories')) return 'must be a category id in digits';
  return 'must be an amount as text, such as "0.40"';
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text in double quotes',
  object: 'an object in braces',
  record: 'an object in braces',
};

function unknownKey(parents: readonly PropertyKey[], key: string): string {
  const place = [...parents.map(String), key].join('.');
  const here = settingPaths().filter((path) => parents.every((parent, at) => path[at] === parent) && path.length === parents.length + 1);
  const neighbour = nearest(
    key,
    here.map((path) => path.at(-1) ?? ''),
  );
  if (neighbour !== undefined) return `${place}: unknown key; did you mean ${[...parents.map(String), neighbour].join('.')}?`;
  // Right name, wrong place: `percentile` belongs under `pricing`.
  const elsewhere = settingPaths().filter((path) => path.at(-1)?.toLowerCase() === key.toLowerCase());
  if (elsewhere.length === 1) return `${place}: unknown key; did you mean ${elsewhere[0]?.join('.')}?`;
  return `${place}: unknown key; known here: ${here.map((path) => path.at(-1)).join(', ')}`;
}

/** Paths of every key of the shape, parents included. */
function settingPaths(): readonly (readonly string[])[] {
  allPaths ??= [...pathsOf(fileShape, [])];
  return allPaths;
}

let allPaths: readonly (readonly string[])[] | undefined;

function* pathsOf(type: unknown, before: readonly string[]): Generator<readonly string[]> {
  let inner = type;
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodOptional
  ) {
    inner = inner.unwrap();
  }
  if (!(inner instanceof z.ZodObject)) return;
  for (const [key, member] of Object.entries(inner.shape)) {
    const path = [...before, key];
    yield path;
    yield* pathsOf(member, path);
  }
}

/** A misspelt limit would be no limit, so a variable that nearly is one of ours is a problem; others are not our business. */
export function misspeltVariables(env: NodeJS.ProcessEnv): string[] {
  const known = [...VARIABLES.map(({ variable }) => variable), WEBHOOK_VARIABLE];
  return Object.keys(env)
    .filter((name) => name.startsWith('EASYFLIP_') && !known.includes(name) && !isWebhookVariable(name))
    .flatMap((name) => {
      const meant = nearest(
        name.slice('EASYFLIP_'.length),
        known.map((variable) => variable.slice('EASYFLIP_'.length)),
      );
      return meant === undefined ? [] : [`${name}: unknown variable; did you mean EASYFLIP_${meant}?`];
    });
}
