/** Words that hold an item, found as whole words whatever their case and way to write accents, each with the configured reason. */
export function restrictedWords(
  texts: readonly string[],
  restricted: Readonly<Record<string, string>>,
): readonly { readonly word: string; readonly reason: string }[] {
  const all = composed(texts.join('\n'));
  return Object.entries(restricted)
    .filter(([word]) => hasWord(all, composed(word)))
    .map(([word, reason]) => ({ word, reason }));
}

/** A pattern is made only for what is there at all: for each of all those words, and for each item, it would take longer than all other checks together. */
const hasWord = (all: string, word: string): boolean =>
  all.includes(word) && new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u').test(all);

/** Names from a Mac come with their accents apart. */
const composed = (text: string): string => text.normalize('NFC').toLowerCase();
