/** A word of a command that is proposed, in quotes where a shell would take it apart. */
export const shellWord = (word: string): string => (/[^\w./-]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : word);
