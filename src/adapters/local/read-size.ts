import type { PhotoText, TextLine, TextWord } from '../../core/ports/analysis.ts';
import { agreed, isLabel, plainWord, type Reading, tokensOf } from './read-label.ts';

const LETTERS = /^(?:XXXS|XXS|XS|S|M|L|XL|XXL|XXXL|[2-6]XL?|[XS]-?SMALL|X-?LARGE|SMALL|MEDIUM|LARGE)$/;
const NUMBERS = /^(?:\d{1,2}(?:\.5|½)?|\d{1,2}T|W\d{2}|\d{1,2}[-/]\d{1,2}(?:[MY])?|\d{2}X\d{2}|W\d{2}L\d{2})$/;
const SYSTEM = /^(?:US|UK|EU|EUR)$/;
const SIZE_WORDS = new Set(['size', 'sz']);
const LONG_NAMES: ReadonlyMap<string, string> = new Map([
  ['SMALL', 'S'],
  ['MEDIUM', 'M'],
  ['LARGE', 'L'],
  ['XSMALL', 'XS'],
  ['XLARGE', 'XL'],
]);

const SURE = 0.8;
/** A lone letter is easily a thread or a wash symbol. */
const VERY_SURE = 0.9;

/**
 * The size stands behind or under the word SIZE, behind a system (US 9, EU 42), or as a letter size alone on a line
 * of a label. Stray letters and numbers are never a size. Several sizes that differ are none, except one shoe size
 * in several systems: then the American one counts.
 */
export function readSize(texts: readonly PhotoText[]): Reading {
  const found = texts.filter(({ lines }) => lines.length > 0).flatMap((text) => sizesOn(text));
  const american = found.filter(({ system }) => system === 'US');
  const foreign = found.filter(({ system }) => system !== undefined && system !== 'US');
  const plain = found.filter(({ system }) => system === undefined);
  const counting = american.length > 0 ? [...american, ...plain] : foreign.length > 0 ? [...foreign, ...plain] : plain;
  return agreed(counting, 'size', 'No size was read on a label.');
}

interface Found {
  readonly value: string;
  readonly confidence: number;
  readonly photo: number;
  readonly text: string;
  readonly system?: string;
}

function sizesOn(text: PhotoText): readonly Found[] {
  const { photo, lines } = text;
  const marked = lines.flatMap((line, at) => behindSizeWord(line, lines.slice(at + 1), photo));
  const systems = lines.flatMap((line) => behindSystem(line, photo));
  const found = [...marked, ...systems];
  return found.length > 0 || !isLabel(text) ? found : alone(lines, photo);
}

function behindSizeWord(line: TextLine, below: readonly TextLine[], photo: number): readonly Found[] {
  const tokens = tokensOf(line);
  const at = tokens.findIndex(({ text, confidence }) => SIZE_WORDS.has(plainWord(text)) && confidence >= SURE);
  if (at < 0) return [];
  const behind = tokens.slice(at + 1).filter(({ text }) => /[A-Z0-9]/i.test(text));
  const [next, after] = behind;
  if (next && SYSTEM.test(next.text.toUpperCase())) return [];
  if (next && isSize(next) && behind.length <= 2 && !(after && isSize(after))) return [foundAs(next, photo, line.text)];
  if (behind.some(({ confidence, text }) => confidence >= 0.6 && /^[A-Z]{3,}$/.test(text))) return [];
  const under = below.find((candidate) => candidate.top - line.top < line.height * 5 && candidate.top > line.top);
  const [only, ...more] = under ? tokensOf(under) : [];
  return under && only && more.length === 0 && isSize(only) ? [foundAs(only, photo, `${line.text} / ${under.text}`)] : [];
}

function behindSystem(line: TextLine, photo: number): readonly Found[] {
  const tokens = tokensOf(line);
  return tokens.flatMap((token, at) => {
    const glued = /^(US|UK|EUR?)(\d{1,2}(?:\.5)?)$/.exec(token.text.toUpperCase());
    const next = tokens[at + 1];
    const [system, size, confidence] = glued
      ? [glued[1], glued[2], token.confidence]
      : [token.text.toUpperCase(), next?.text ?? '', Math.min(token.confidence, next?.confidence ?? 0)];
    if (!system || !SYSTEM.test(system) || !size || !/^\d{1,2}(?:\.5)?$/.test(size) || confidence < SURE) return [];
    // eBay's American shoe sizes are plain numbers; the others keep their system.
    const name = system === 'EUR' ? 'EU' : system;
    return [{ value: name === 'US' ? size : `${name} ${size}`, confidence, photo, text: line.text, system: name }];
  });
}

function alone(lines: readonly TextLine[], photo: number): readonly Found[] {
  const heights = lines.map(({ height }) => height).sort((a, b) => a - b);
  const usual = heights[Math.floor(heights.length / 2)] ?? 0;
  return lines.flatMap((line) => {
    const [only, ...more] = tokensOf(line);
    if (!only || more.length > 0 || !LETTERS.test(only.text.toUpperCase())) return [];
    const single = only.text.length === 1;
    if (only.confidence < VERY_SURE || (single && (line.height < usual * 1.2 || only.text !== only.text.toUpperCase()))) return [];
    return [foundAs(only, photo, line.text)];
  });
}

const isSize = ({ text, confidence }: TextWord): boolean =>
  confidence >= SURE && (LETTERS.test(text.toUpperCase()) || NUMBERS.test(text.toUpperCase()));

function foundAs({ text, confidence }: TextWord, photo: number, line: string): Found {
  const upper = text.toUpperCase();
  return { value: LONG_NAMES.get(upper.replace('-', '')) ?? upper.replace('½', '.5'), confidence, photo, text: line };
}
