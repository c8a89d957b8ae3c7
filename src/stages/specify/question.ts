import type { Reason } from '../../core/errors.ts';
import type { ItemId } from '../../core/item.ts';
import type { AspectProblem } from './filled-aspect.ts';

/** Values named in a question: more would bury it. */
const NAMED_MAX = 12;
/** Values offered in the command itself. */
const OFFERED_MAX = 4;

export interface ConditionProblem {
  readonly kind: 'unknown' | 'not-allowed';
  readonly message: string;
}

export interface Missing {
  readonly problems: readonly AspectProblem[];
  readonly condition: ConditionProblem | undefined;
  readonly untitled: boolean;
}

/** Everything that is missing, asked in one go, with the one command that answers it. */
export function question(id: ItemId, { problems, condition, untitled }: Missing): Reason {
  const sentences = [
    ...problems.map(({ name, kind, why, allowed }) => {
      const end = `${why.replace(/\.$/, '')}.${choices(allowed)}`;
      return kind === 'unfit' ? `${name} cannot be used as given: ${end}` : `${name} is required and not known: ${end}`;
    }),
    ...(condition ? [condition.message] : []),
    ...(untitled ? ['There is nothing to make a title of.'] : []),
  ];
  const settings = [
    ...problems.map(
      ({ name, allowed }) => `--set ${quoted(`${name}=${allowed.length > 0 && allowed.length <= OFFERED_MAX ? allowed.join('|') : '…'}`)}`,
    ),
    ...(condition ? ['--set condition=…'] : []),
    ...(untitled ? ['--set title=…'] : []),
  ];
  return {
    code: codeOf(problems, condition),
    message: sentences.join(' '),
    hint: `Run \`easyflip approve ${id} ${settings.join(' ')}\` with what is true, or put it into item.json beside the photos.`,
  };
}

function codeOf(problems: readonly AspectProblem[], condition: ConditionProblem | undefined): Reason['code'] {
  if (problems.some(({ kind }) => kind === 'unfit')) return 'aspect.not-allowed';
  if (problems.length > 0) return 'aspect.missing';
  if (condition) return condition.kind === 'not-allowed' ? 'condition.not-allowed' : 'condition.unknown';
  return 'facts.missing';
}

/** eBay's own words for the answer, where they are few enough to be read. */
const choices = (allowed: readonly string[]): string =>
  allowed.length > OFFERED_MAX && allowed.length <= NAMED_MAX ? ` eBay takes: ${allowed.join(', ')}.` : '';

const quoted = (text: string): string => (/[\s|]/.test(text) ? `"${text}"` : text);
