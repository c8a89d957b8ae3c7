/** Words that hold an item, found as whole words whatever their case and way to write accents, each with the configured reason. */
export function restrictedWords(
  texts: readonly string[],
  restricted: Readonly<Record<string, string>>,
): readonly { readonly word: string; readonly reason: string }[] {
  const all = composed(texts.join('\n'));
  return Object.entries(restricted)
    .filter(([word]) =>
      new RegExp(`(?<![\\p{L}\\p{N}])${composed(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u').test(all),
    )
    .map(([word, reason]) => ({ word, reason }));
}

/** Names from a Mac come with their accents apart. */
const composed = (text: string): string => text.normalize('NFC').toLowerCase();
