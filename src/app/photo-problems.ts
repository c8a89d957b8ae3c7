import type { PhotoIssue } from '../core/photo-issue.ts';
import type { Description, PhotoText } from '../core/ports/index.ts';
import { pictureTextIssues } from '../stages/check/picture-text-issues.ts';
import { seenIssues } from '../stages/check/seen-problems.ts';
import type { Prepared } from '../stages/prepare.ts';

/**
 * All that is wrong with the photos of an item, whoever found it: what the pixels tell, what is written on them, what a
 * model saw. What holds the item comes first. Pure.
 */
export function photoProblems(
  photos: Prepared['photos'],
  texts: readonly PhotoText[],
  described: Pick<Description, 'problems'>,
): readonly PhotoIssue[] {
  const pixels = photos.flatMap(({ warnings }, at) => warnings.map((reason): PhotoIssue => ({ photo: at + 1, severity: 'warn', reason })));
  const written = pictureTextIssues(texts);
  // The same phone number is found in the text by two rules; the one that may hold the item counts.
  const seen = seenIssues(described).filter(
    ({ photo, reason }) => !written.some((other) => other.photo === photo && other.reason.code === reason.code),
  );
  const all = [...written, ...seen, ...pixels];
  return [...all.filter(({ severity }) => severity === 'hold'), ...all.filter(({ severity }) => severity === 'warn')];
}
