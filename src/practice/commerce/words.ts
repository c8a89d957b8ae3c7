const STOP_WORDS = new Set(
  'a an and the of for with in on to by from or no new used size sz oz lb nwt nwot euc vtg lot good great nice condition s amp'.split(' '),
);

/**
 * The words of a text as a search engine compares them: lower case, accents and possessives gone, plural and
 * singular alike, filler words left out.
 */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]s?\b/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !STOP_WORDS.has(word))
    .map(singular);
}

function singular(word: string): string {
  if (word.length < 4 || word === 'lens' || /\d/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|x|ss|lens)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}
