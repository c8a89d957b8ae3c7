import type { Fact } from '../../core/facts.ts';
import type { PhotoText, TextLine, TextWord } from '../../core/ports/analysis.ts';
import { CARE_WORDS, COUNTRIES, FIBRES } from './vocabulary.ts';

/** A fact that the labels state, or why they do not. */
export type Reading = { readonly fact: Fact } | { readonly why: string };

/** Letters only, lower case, no accents: `COTTON/` and `Cotton` are one word. */
export const plainWord = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9%]/g, '');

/** Tokens of a line with what the engine believes of each; a slash joins languages, so it splits words. */
export const tokensOf = ({ words }: TextLine): readonly TextWord[] =>
  words.flatMap(({ text, confidence }) =>
    text
      .split(/[/•·+*«»|]/)
      .filter(Boolean)
      .map((part) => ({ text: part, confidence })),
  );

/** A sewn-in label or tag speaks of care, fibres, sizes or origin; a print on the chest does not. */
export function isLabel({ lines }: PhotoText): boolean {
  const tokens = lines
    .flatMap(tokensOf)
    .filter(({ confidence }) => confidence >= 0.7)
    .map(({ text }) => plainWord(text));
  const care = tokens.filter((word) => word.length > 2 && CARE_WORDS.has(word)).length;
  const fibres = tokens.filter((word) => FIBRES.has(word)).length;
  const size = tokens.includes('size');
  const made = /\bmade in\b/i.test(lines.map(({ text }) => text).join('\n'));
  return care >= 4 || fibres > 0 || (size && care > 0) || made || (size && lines.length <= 8);
}

/** Of several photos that state the same; two that contradict are none. */
function agreed(
  found: readonly { readonly value: string; readonly confidence: number; readonly photo: number; readonly text: string }[],
  what: string,
  none: string,
): Reading {
  const [first] = found;
  if (!first) return { why: none };
  if (found.some(({ value }) => value.toLowerCase() !== first.value.toLowerCase())) {
    return { why: `The photos name more than one ${what}: ${[...new Set(found.map(({ value }) => value))].slice(0, 3).join(' and ')}.` };
  }
  return {
    fact: {
      value: first.value,
      confidence: Math.max(...found.map(({ confidence }) => confidence)),
      evidence: found.map(({ photo, text }) => ({ from: 'label' as const, photo, text })),
    },
  };
}

const SURE = 0.8;

/** Only "made in" with a known country after it. */
export function readCountry(texts: readonly PhotoText[]): Reading {
  const found = texts.flatMap(({ photo, lines }) =>
    lines.flatMap((line) => {
      const tokens = tokensOf(line);
      const at = tokens.findIndex(({ text }, index) => plainWord(text) === 'made' && plainWord(tokens[index + 1]?.text ?? '') === 'in');
      if (at < 0) return [];
      for (const length of [4, 3, 2, 1]) {
        const words = tokens.slice(at + 2, at + 2 + length);
        const name = COUNTRIES.get(
          words
            .map(({ text }) =>
              text
                .toLowerCase()
                .replace(/[^\p{L}]+/gu, ' ')
                .trim(),
            )
            .join(' '),
        );
        const confidence = Math.min(...words.map((word) => word.confidence));
        if (name && words.length === length && confidence >= SURE) return [{ value: name, confidence, photo, text: line.text }];
      }
      return [];
    }),
  );
  return agreed(found, 'country of origin', 'No label says "made in" with a country.');
}

const MARKED = [
  ['model', /^(?:model|mod)(?:\s*(?:no|number|nr|name))?$/],
  [
    'mpn',
    /^(?:mpn|p n|part\s*(?:no|number|nr)?|art(?:icle)?\s*(?:no|number|nr)?|ref(?:erence)?\s*(?:no|number|nr)?|style\s*(?:no|number|nr)|item\s*(?:no|number|nr))$/,
  ],
] as const;

/** A number counts only behind its marker on the same line (MODEL, REF, ART. NO), with a digit in it and read cleanly. */
export function readMarked(texts: readonly PhotoText[], name: 'model' | 'mpn'): Reading {
  const marker = MARKED.find(([field]) => field === name)?.[1];
  const found = texts.flatMap(({ photo, lines }) =>
    lines.flatMap((line) => {
      for (const length of [2, 1]) {
        const mark = line.words.slice(0, length);
        const [value, ...rest] = line.words.slice(length);
        const spoken = mark
          .map(({ text }) =>
            text
              .toLowerCase()
              .replace(/[^a-z]+/g, ' ')
              .trim(),
          )
          .join(' ')
          .trim();
        if (!value || mark.length < length || !marker?.test(spoken) || rest.length > 0) continue;
        const clean = value.text.replace(/^[:#.]+|[.,:;]+$/g, '');
        const confidence = Math.min(value.confidence, ...mark.map((word) => word.confidence));
        if (/^(?=.*\d)[A-Z0-9][A-Z0-9\-/.]{1,19}$/.test(clean) && confidence >= SURE)
          return [{ value: clean, confidence, photo, text: line.text }];
      }
      return [];
    }),
  );
  return agreed(found, name === 'model' ? 'model number' : 'part number', 'No number with a marker such as MODEL or REF was read.');
}

/** "by …" under a title; nothing else on a cover says which line is which. */
export function readTitle(texts: readonly PhotoText[]): { readonly title: Reading; readonly author: Reading } {
  const titles = [];
  const authors = [];
  for (const { photo, lines } of texts) {
    for (const [at, line] of lines.entries()) {
      const name = /^by ((?:\p{Lu}[\p{L}.'-]*\s?){1,4})$/iu.exec(line.text)?.[1]?.trim();
      const above = lines[at - 1];
      if (!name || !above || !isClean(line)) continue;
      authors.push({ value: properName(name), confidence: lowest(line), photo, text: line.text });
      const block = titleAbove(lines, at);
      if (block.every(isClean))
        titles.push({
          value: properName(block.map(({ text }) => text).join(' ')),
          confidence: Math.min(...block.map(lowest)),
          photo,
          text: block.map(({ text }) => text).join(' / '),
        });
    }
  }
  return {
    title: agreed(titles, 'title', 'No title with a "by …" line under it was read.'),
    author: agreed(authors, 'author', 'No "by …" line was read.'),
  };
}

/** A title may run over several lines of one size. */
function titleAbove(lines: readonly TextLine[], at: number): readonly TextLine[] {
  const nearest = lines[at - 1];
  if (!nearest) return [];
  const block = [nearest];
  for (let above = at - 2; above >= 0 && block.length < 3; above -= 1) {
    const line = lines[above];
    const below = block[0];
    if (!line || !below || Math.abs(line.height - nearest.height) > nearest.height * 0.25 || below.top - line.top > nearest.height * 2.5)
      break;
    block.unshift(line);
  }
  return block;
}

export const lowest = ({ words }: TextLine): number => Math.min(...words.map(({ confidence }) => confidence));
const isClean = (line: TextLine): boolean =>
  lowest(line) >= 0.85 && line.words.every(({ text }) => /^[\p{L}\p{N}][\p{L}\p{N}.,:'&-]*$/u.test(text));

/** As a person would write it: labels shout. Mixed case stays as it is printed. */
export function properName(text: string): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  if (clean !== clean.toUpperCase()) return clean;
  return clean
    .toLowerCase()
    .replace(/(^|[\s\-&.'])(\p{L})/gu, (_, before: string, letter: string) =>
      before === "'" ? before + letter : before + letter.toUpperCase(),
    );
}

export { agreed };
