/** Words that hold an item, found as whole words whatever their case, each with the configured reason. */
export function restrictedWords(
  texts: readonly string[],
  restricted: Readonly<Record<string, string>>,
): readonly { readonly word: string; readonly reason: string }[] {
  const all = texts.join('\n').toLowerCase();
  return Object.entries(restricted)
    .filter(([word]) =>
      new RegExp(`(?<![\\p{L}\\p{N}])${word.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u').test(all),
    )
    .map(([word, reason]) => ({ word, reason }));
}
