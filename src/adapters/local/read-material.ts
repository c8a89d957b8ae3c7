import type { PhotoText, TextLine, TextWord } from '../../core/ports/analysis.ts';
import { agreed, plainWord, type Reading, tokensOf } from './read-label.ts';
import { FIBRES } from './vocabulary.ts';

interface Part {
  readonly percent: number;
  readonly fibre: string;
  readonly confidence: number;
  readonly section: 'main' | 'other' | undefined;
  readonly text: string;
}

/** The number is what may be misread. */
const SURE = 0.85;
/** A fibre spelled right to the last letter is no accident, even where a second language spoils the word's confidence. */
const LEAST = 0.4;
const SPELLED = 0.85;
const MAIN = /^(?:shell|outer|body|face|upper|fabric|outside|main)$/;
const OTHER = /^(?:lining|filling|fill|trim|pocket|pockets|hood|sole|insole|rib|interlining|contrast|padding|insert|back)$/;

/**
 * Fibres with their percentages, and only when these add up to 100: a missing line or a misread digit shows
 * in the sum. With shell and lining both stated, the shell counts.
 */
export function readMaterial(texts: readonly PhotoText[]): Reading {
  const partial = { seen: false };
  const found = texts.flatMap(({ photo, lines }) => {
    const parts = partsOn(lines);
    if (parts.length === 0) return [];
    const main = parts.filter(({ section }) => section === 'main');
    const unmarked = parts.filter(({ section }) => section === undefined);
    const counting = main.length > 0 ? main : unmarked;
    const composition = distinct(counting);
    if (composition === undefined || composition.reduce((sum, { percent }) => sum + percent, 0) !== 100) {
      partial.seen = true;
      return [];
    }
    const value = composition.map(({ percent, fibre }) => `${percent}% ${fibre}`).join(', ');
    return [
      {
        value,
        confidence: Math.min(...composition.map(({ confidence }) => confidence)),
        photo,
        text: [...new Set(composition.map(({ text }) => text))].join(' / '),
      },
    ];
  });
  return agreed(
    found,
    'composition',
    partial.seen ? 'Percentages of fibres were read, but they do not add up to 100.' : 'No composition was read on a label.',
  );
}

function partsOn(lines: readonly TextLine[]): readonly Part[] {
  const parts: Part[] = [];
  let section: Part['section'];
  for (const line of lines) {
    const tokens = tokensOf(line);
    for (const [at, token] of tokens.entries()) {
      const word = plainWord(token.text);
      if (MAIN.test(word)) section = 'main';
      else if (OTHER.test(word)) section = 'other';
      const percent = percentAt(tokens, at);
      if (!percent || percent.confidence < SURE) continue;
      const fibre = fibreAt(tokens, percent.next);
      if (fibre)
        parts.push({
          percent: percent.value,
          fibre: fibre.name,
          confidence: Math.min(percent.confidence, fibre.confidence),
          section,
          text: line.text,
        });
    }
  }
  return parts;
}

interface Percent {
  readonly value: number;
  readonly confidence: number;
  /** Where the fibre is expected. */
  readonly next: number;
}

function percentAt(tokens: readonly TextWord[], at: number): Percent | undefined {
  const token = tokens[at];
  const match = /^(\d{1,3})%$/.exec(token?.text.replace(/[^\d%]/g, '') ?? '');
  const value = Number(match?.[1]);
  if (!token || !match || /\p{L}/u.test(token.text) || value < 1 || value > 100) return undefined;
  return { value, confidence: token.confidence, next: at + 1 };
}

function fibreAt(tokens: readonly TextWord[], at: number): { readonly name: string; readonly confidence: number } | undefined {
  // Words such as "organic" or "recycled" may stand between.
  for (const start of [at, at + 1]) {
    for (const length of [2, 1]) {
      const words = tokens.slice(start, start + length);
      if (words.length < length || words.some(({ text }) => /\d/.test(text))) continue;
      const name = FIBRES.get(words.map(({ text }) => plainWord(text)).join(' '));
      const confidence = Math.min(...words.map((word) => word.confidence));
      if (!name || confidence < LEAST) continue;
      if (name.length >= 5) return { name, confidence: Math.max(confidence, SPELLED) };
      if (confidence >= SURE) return { name, confidence };
    }
  }
  return undefined;
}

/** The same part in several languages counts once; one fibre with two percentages is two compositions. */
function distinct(parts: readonly Part[]): readonly Part[] | undefined {
  const byFibre = new Map<string, Part>();
  for (const part of parts) {
    const before = byFibre.get(part.fibre);
    if (before && before.percent !== part.percent) return undefined;
    if (!before || part.confidence > before.confidence) byFibre.set(part.fibre, part);
  }
  return [...byFibre.values()].sort((a, b) => b.percent - a.percent);
}
