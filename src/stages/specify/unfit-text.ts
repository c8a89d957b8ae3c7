/** Words that show that a text was never meant for buyers, with what they are. */
const UNFIT: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    // Such sentences have gone live as titles elsewhere.
    pattern:
      /\b(?:i['’]?m|i am|we['’]?re) (?:very )?sorry,?\s+(?:but\b|as an?\b|i (?:can|could|am|do|was))|\bsorry,? (?:but )?i (?:can(?:no|['’])t|am unable|cannot)|\bi (?:can(?:not|['’]?t)|am (?:un|not )able to) (?:fulfil|assist|help|comply|identify|determine|provide|process|see|view|access|generate|create)|\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b|\b(?:violates?|against) openai|\bopenai(?:['’]s)? (?:use case )?polic|\bich kann (?:dabei|damit) (?:leider )?nicht (?:helfen|dienen)|\bals (?:ki|sprachmodell)\b/i,
    what: 'a refusal of a language model',
  },
  {
    pattern:
      /\blorem ipsum\b|(?<![\p{L}\p{N}])n\/a(?![\p{L}\p{N}])|\bunknown (?:brand|item|title|size|model|colou?r|material|condition)\b|\b(?:brand|size|model|title) (?:unknown|not (?:visible|specified|available|provided))\b|\bnot specified\b|\b(?:insert|add|your) (?:title|description|text|brand|price) here\b|\[(?:your |insert |item )?(?:brand|size|colou?r|model|title|name|condition|material|description|price|type)[^\]]*\]|\{\{?\s*[\w.]+\s*\}?\}|\bundefined\b(?! (?:shape|waist))|\bNaN\b|\[object Object\]|\bplaceholder (?:text|title|description)\b|\bunbekannte marke\b/iu,
    what: 'a placeholder',
  },
  // In capitals only: it is also Spanish for "all".
  { pattern: /\bTODO\b|\bTBD\b|\bFIXME\b/, what: 'a placeholder' },
];

export interface UnfitText {
  /** What was found, as it stands in the text. */
  readonly found: string;
  /** `a placeholder`. */
  readonly what: string;
}

/** What in a text for buyers gives away that nobody wrote it for them; undefined when nothing does. HTML tags do not hide it. */
export function unfitText(text: string): UnfitText | undefined {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
  for (const { pattern, what } of UNFIT) {
    const found = pattern.exec(plain)?.[0];
    if (found !== undefined) return { found: found.replace(/\s+/g, ' ').trim().slice(0, 60), what };
  }
  return undefined;
}
