/** What a divider card says: the item whose photos follow it. */
export interface DividerCard {
  readonly number: number;
  readonly sku?: string;
  readonly bin?: string;
  /** As written: `3.00`. */
  readonly cost?: string;
}

const SCHEME = 'easyflip-divider:';
const FIELDS = ['sku', 'bin', 'cost'] as const;

/** The text in a card's QR code: `easyflip-divider:7?bin=A01-7&cost=3.00`. */
export function dividerText({ number, ...facts }: DividerCard): string {
  const said = new URLSearchParams(
    FIELDS.flatMap((field): [string, string][] => (facts[field] === undefined ? [] : [[field, facts[field]]])),
  );
  return `${SCHEME}${number}${said.size > 0 ? `?${said}` : ''}`;
}

/** Undefined for a text that is no card of ours. Unknown fields are left out, so that cards of a newer easyflip still divide. */
export function readDividerText(text: string): DividerCard | undefined {
  if (!text.startsWith(SCHEME)) return undefined;
  const [number = '', said = ''] = text.slice(SCHEME.length).split('?', 2);
  if (!/^\d{1,6}$/.test(number)) return undefined;
  const values = new URLSearchParams(said);
  const facts = FIELDS.flatMap((field) => {
    const value = values.get(field)?.trim();
    return value ? [[field, value] as const] : [];
  });
  return { number: Number(number), ...Object.fromEntries(facts) };
}
