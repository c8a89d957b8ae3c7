/**
 * The candidate that `word` was most likely meant to be, or undefined when none is near: at most one
 * slip in three letters (letters swapped, missing, doubled or wrong; case and `-_` do not count).
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(word);
  let best: { readonly name: string; readonly slips: number } | undefined;
  for (const name of candidates) {
    const slips = distance(wanted, plain(name));
    if (slips * 3 <= Math.max(wanted.length, 3) && (!best || slips < best.slips)) best = { name, slips };
  }
  return best?.name;
}

const plain = (text: string): string => text.toLowerCase().replace(/[-_\s]/g, '');

/** Optimal string alignment distance: insert, delete, replace, or swap two neighbours. */
function distance(a: string, b: string): number {
  // Keys are short; a hostile one must not cost a second.
  if (Math.abs(a.length - b.length) > 20 || a.length > 100) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
