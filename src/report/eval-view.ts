import type { FactName } from '../core/facts.ts';

export const VERDICTS = ['right', 'wrong', 'missing', 'rightly-absent'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const TITLE_FAULTS = ['too-long', 'short', 'repeats', 'shouts', 'filler'] as const;
export type TitleFault = (typeof TITLE_FAULTS)[number];

export interface FieldVerdict {
  readonly field: FactName;
  readonly verdict: Verdict;
  readonly stated: string | null;
  /** null: nothing may be said. */
  readonly expected: readonly string[] | null;
  readonly confidence: number | null;
  /** Evidence and confidence suffice to go live without a person. */
  readonly certain: boolean;
}

export interface JudgedItem {
  readonly item: string;
  readonly fields: readonly FieldVerdict[];
  /** Phrases of the answer that must not occur. */
  readonly inventions: readonly string[];
  readonly title: string | null;
  readonly titleFaults: readonly TitleFault[];
  /** Place of the first right category among the suggestions, from 1; 0: not among them; null: not judged. */
  readonly categoryRank: number | null;
  readonly seconds: number;
  readonly costUsd: number;
  readonly failed: string | null;
}

export interface FieldTally extends Readonly<Record<Verdict, number>> {
  /** Wrong and certain enough to go live by itself: what harms. */
  readonly wrongAndCertain: number;
  /** Shares 0 to 1; null where there is nothing to divide by. */
  readonly wrongRate: number | null;
  readonly recall: number | null;
}

export interface Tally {
  readonly all: FieldTally;
  readonly fields: Readonly<Partial<Record<FactName, FieldTally>>>;
  /** How well it keeps silent: of what the photos do not show, and of its silences. */
  readonly abstention: { readonly kept: number | null; readonly justified: number | null };
  readonly inventions: number;
  readonly categories: { readonly judged: number; readonly top1: number | null; readonly top3: number | null };
  readonly titles: { readonly built: number; readonly sound: number | null; readonly faults: Readonly<Record<TitleFault, number>> };
  readonly items: number;
  readonly failed: number;
  readonly costUsd: number;
  readonly costPerItemUsd: number | null;
  readonly medianSeconds: number | null;
}

/** One run of `easyflip eval DIR`. */
export interface EvalRun {
  readonly folder: string;
  readonly provider: string;
  readonly model: string | null;
  readonly at: string;
  readonly tally: Tally;
  readonly items: readonly JudgedItem[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** Two runs over the same items. */
export interface EvalComparison {
  /** Provider and time of the earlier run. */
  readonly with: string;
  readonly better: number;
  readonly worse: number;
  readonly changes: readonly {
    readonly item: string;
    readonly field: FactName;
    readonly before: Pick<FieldVerdict, 'verdict' | 'stated'>;
    readonly now: Pick<FieldVerdict, 'verdict' | 'stated'>;
  }[];
  readonly before: Tally;
}

/** What was read on one photo. */
export interface ReadFile {
  readonly file: string;
  readonly seconds: number;
  /** Letters and digits of the expected lines, and how many of them were read; null: no lines are expected. */
  readonly text: { readonly expected: number; readonly read: number; readonly missed: readonly string[] } | null;
  /** null: nobody says what codes are printed. */
  readonly codes: {
    readonly readability: string;
    readonly printed: readonly string[];
    readonly read: readonly string[];
    readonly wrong: readonly string[];
  } | null;
  /** A person cannot read it, and yet the reader gave no warning. */
  readonly claimsUnreadable: boolean;
}

/** One run of `easyflip eval DIR --reading`. */
export interface ReadingRun {
  readonly folder: string;
  readonly reader: string;
  readonly at: string;
  readonly files: readonly ReadFile[];
  readonly text: { readonly files: number; readonly characterRecall: number | null };
  readonly codes: readonly { readonly readability: string; readonly files: number; readonly hit: number; readonly wrong: number }[];
  readonly medianSeconds: number | null;
  readonly costUsd: number;
}
