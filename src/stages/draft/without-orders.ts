import type { PhotoProblem, PhotoText, PhotoView } from '../../core/ports/index.ts';
import { textProblems } from '../../core/untrusted-text.ts';

export interface Cleaned {
  /** Numbered as before: photos that give orders are left out. */
  readonly photos: readonly PhotoView[];
  readonly texts: readonly PhotoText[];
  readonly problems: readonly PhotoProblem[];
}

/**
 * Writing in photos is data. A photo whose writing gives orders to a program is not shown to a model and its words are
 * not handed on: what a model has not seen it cannot obey. Web and mail addresses, phone numbers and markup are noted,
 * and their lines left out. When every photo gives orders the pictures are shown all the same, without any words;
 * the item is held for a person in any case. Pure.
 */
export function withoutOrders(photos: readonly PhotoView[], texts: readonly PhotoText[]): Cleaned {
  const problems = texts.flatMap(({ photo, lines }) =>
    textProblems(lines.map(({ text }) => text).join('\n')).map(({ kind, found }): PhotoProblem => ({ photo, kind, note: found })),
  );
  const commanding = new Set(problems.filter(({ kind }) => kind === 'instructions').map(({ photo }) => photo));
  const shown = photos.filter(({ number }) => !commanding.has(number));
  return {
    photos: shown.length > 0 ? shown : photos,
    texts: texts
      .filter(({ photo }) => !commanding.has(photo))
      .map((text) => ({ ...text, lines: text.lines.filter((line) => textProblems(line.text).length === 0) })),
    problems,
  };
}
