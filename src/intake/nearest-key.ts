/** The key that was probably meant: at most two letters off, or one for short keys; undefined when nothing is near. */
export function nearestKey(word: string, keys: readonly string[]): string | undefined {
  const wanted = word
    .toLowerCase()
    .replace(/[-_\s]/g, '')
    .slice(0, 40);
  const ranked = keys.map((key) => ({ key, slips: editDistance(wanted, key.toLowerCase()) })).sort((a, b) => a.slips - b.slips);
  const [best] = ranked;
  return best && best.slips <= (wanted.length <= 4 ? 1 : 2) ? best.key : undefined;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
