/** Writing in a photo that wants something of its reader, or leads a buyer away. */
export type TextProblem = 'instructions' | 'web-address' | 'email-address' | 'phone-number' | 'html';

/**
 * Addressed to a program, not to a person who looks at a thing. Each pattern needs both an order and its object, so that
 * care labels (`do not bleach`), prints (`ignore the noise`) and boxes (`price includes batteries`) pass.
 */
const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:instruct\w*|prompts?|guidelines?|previous|prior|above)\b/i,
  /\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,20}\b(?:your|all|these|previous|system)\b.{0,20}\b(?:rules?|polic(?:y|ies)|orders?)\b/i,
  /\b(?:system|developer|assistant)\s*(?:prompt|message|override|instruction)/i,
  /^\s*(?:system|assistant|developer)\s*[:>]/im,
  /\b(?:you are|you're|act as|pretend to be)\s+(?:now\s+)?(?:an?\s+|the\s+)?(?:ai|assistant|language model|llm|gpt|chatbot|bot|admin\w*|developer)\b/i,
  /\b(?:set|change|lower|raise|update|enter|output|respond|reply|classify|categori[sz]e|write)\b.{0,40}\b(?:price|pricing|categor(?:y|ies)|titles?|brand|polic(?:y|ies)|listing|json|item specifics?)\b/i,
  /\b(?:set|change|update)\b.{0,25}\b(?:condition|quantity|description|(?:ship\w*|return|payment|paypal) (?:address|location|account|policy))\b/i,
  /\b(?:list|sell|offer|price)\b.{0,25}\b(?:for|at|as)\b\s*(?:only\s*)?[$£€]?\s*\d/i,
  /\b(?:price|category)\b.{0,12}(?:=|\b(?:must be|should be|is now)\b)/i,
  /\bprice\s*[:=]?\s*[$£€]?\s*0+[.,]\d/i,
  /\b(?:ship|send|mail|deliver|refund|pay)\b.{0,30}\b(?:to|via)\b.{0,40}\b(?:address|account|wallet|paypal|bitcoin|iban|box \d+)\b/i,
  /<\|?\s*(?:im_start|im_end|system|endoftext)\s*\|?>/i,
  /\bnew (?:instructions?|orders?)\b\s*:/i,
  /\b(?:attention|note|notice|dear|hello|hey)\b\s*,?:?\s+(?:to\s+)?(?:the\s+)?(?:ai|llm|gpt|chatgpt|language model|vision model|listing bot|bot|robot|assistant)\b/i,
];

/** The counts are bounded (a name before the @ has at most 64 letters, one in a web address 63), or a long text would take hours. */
const ADDRESSES: readonly (readonly [TextProblem, RegExp])[] = [
  [
    'html',
    /<\s*\/?\s*(?:a|b|i|p|br|div|span|img|script|iframe|form|input|style|table|font|h[1-6]|marquee|object|embed|svg)\b[^>]{0,200}>?|&lt;|javascript:|\bon(?:click|load|error)\s*=/i,
  ],
  ['email-address', /[\w.+-]{1,64}\s?@\s?[\w-]{1,63}\s?\.\s?[a-z]{2,}/i],
  [
    'web-address',
    /\bhttps?\s?:\s?\/\/|\bwww\s?\.\s?[\w-]|[\w-]{2,63}\.(?:com|net|org|info|biz|shop|store|io|co\.uk|de|ru|cn|xyz|online|site|top)\b/i,
  ],
  [
    'phone-number',
    /(?<![\d.,-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)|\d{1,4})(?:[ .-]?\d{2,4}){2,4}|\(\d{3}\)\s?\d{3}[ .-]\d{4}|\d{3}[ .-]\d{3}[ .-]\d{4})(?![\d.,-])/,
  ],
];

/** What of this text wants something, each kind once, with the words that show it. Pure. */
export function textProblems(text: string): readonly { readonly kind: TextProblem; readonly found: string }[] {
  const found: { kind: TextProblem; found: string }[] = [];
  // An order may run over several lines, and may begin one.
  const flat = text.replace(/\s+/g, ' ');
  for (const order of ORDERS) {
    const hit = (order.exec(flat) ?? order.exec(text))?.[0];
    if (hit === undefined) continue;
    found.push({ kind: 'instructions', found: shown(hit) });
    break;
  }
  for (const [kind, pattern] of ADDRESSES) {
    const hit = pattern.exec(text)?.[0];
    if (hit !== undefined) found.push({ kind, found: shown(hit) });
  }
  return found;
}

/** True for words that may stand in a listing: no order, no address, no markup. */
export const isPlainText = (text: string): boolean => textProblems(text).length === 0;

const shown = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 120);
