import { EasyflipError } from '../../core/errors.ts';

/** What setup may want to know; each is a flag of the same meaning. */
export const QUESTIONS = {
  'fulfillment-policy': 'Which shipping policy shall listings have?',
  'payment-policy': 'Which payment policy shall listings have?',
  'return-policy': 'Which return policy shall listings have?',
  location: 'Where do your items ship from?',
  'handling-days': 'Working days until you send a sold item',
  'shipping-service': 'Shipping service (eBay code)',
  'shipping-cost': 'What the buyer pays for shipping (0 is free)',
  'return-days': 'Days to return an item (0: no returns)',
  'return-paid-by': 'Who pays the way back (buyer or seller)',
  country: 'Country of your items (two letters)',
  'postal-code': 'Postal code of your items',
} as const;
export type QuestionKey = keyof typeof QUESTIONS;

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Somebody at a terminal. Errors: `run.cancelled` when they leave. */
export interface Person {
  choose(question: string, options: readonly Option[]): Promise<string>;
  write(question: string, initial: string | undefined, problem: (text: string) => string | undefined): Promise<string>;
  /** What is typed is not shown. */
  writeSecret(question: string, problem: (text: string) => string | undefined): Promise<string>;
  agree(question: string): Promise<boolean>;
}

export interface Answers {
  /** Said beforehand, by flag. */
  readonly given: Readonly<Partial<Record<QuestionKey, string>>>;
  /** `--yes`: what is missing may be created with what was given and the usual values. */
  readonly agreed: boolean;
  /** Undefined where nobody can be asked. */
  readonly person: Person | undefined;
}

/** A yes to something that writes to the marketplace. Errors: `usage.invalid` where nobody can be asked and --yes is missing. */
export async function agreement({ agreed, person }: Answers, question: string): Promise<boolean> {
  if (agreed) return true;
  if (person) return await person.agree(question);
  throw new EasyflipError('usage.invalid', `${question} Nobody can be asked here.`, { hint: 'Say yes beforehand with --yes.' });
}

/** By flag (id or name), else by asking; `why` stands before the question. Errors: `usage.invalid`. */
export async function choice({ given, person }: Answers, key: QuestionKey, options: readonly Option[], why = ''): Promise<string> {
  const said = given[key];
  const list = options.map(({ value, label }) => (label === value ? value : `${value} (${label})`)).join(', ');
  if (said !== undefined) {
    const found = options.find(({ value, label }) => value === said || label === said);
    if (found) return found.value;
    throw new EasyflipError('usage.invalid', `--${key} ${said}: there is none like that.`, { hint: `Use one of: ${list}.` });
  }
  const question = why === '' ? QUESTIONS[key] : `${why} ${QUESTIONS[key]}`;
  if (person) return await person.choose(question, options);
  throw new EasyflipError('usage.invalid', `${question} There ${options.length === 1 ? 'is' : `are ${options.length}`}: ${list}.`, {
    hint: `Say which with --${key}.${key === 'location' ? ' For a new one, say --postal-code and --yes.' : ''}`,
  });
}

/** By flag, else by asking, else the usual value. Errors: `usage.invalid`. */
export async function text(
  { given, person }: Answers,
  key: QuestionKey,
  usual: string | undefined,
  problem: (text: string) => string | undefined,
): Promise<string> {
  const said = given[key] ?? (person ? await person.write(QUESTIONS[key], usual, problem) : usual);
  if (said === undefined) {
    throw new EasyflipError('usage.invalid', `Not known: ${QUESTIONS[key]}.`, { hint: `Say it with --${key}.` });
  }
  const wrong = problem(said.trim());
  if (wrong) throw new EasyflipError('usage.invalid', `--${key} ${said}: ${wrong}`, { hint: 'Correct it and run the command again.' });
  return said.trim();
}
