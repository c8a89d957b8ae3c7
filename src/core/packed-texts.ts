/** Many thousand short texts, in order, none of which holds the sign NUL. */
export interface PackedTexts extends Iterable<string> {
  readonly length: number;
  add(text: string): void;
  /** '' where there is none. Cheap from one to the next. */
  at(position: number): string;
}

const PAGE = 512;
const BETWEEN = '\0';

/** A text by itself takes forty bytes more than its letters, and one more place in every list; here hundreds lie in one text. */
export function packedTexts(): PackedTexts {
  const pages: string[] = [];
  let last: string[] = [];
  let open: { readonly page: number; readonly texts: readonly string[] } | undefined;

  const page = (number: number): readonly string[] => {
    if (number === pages.length) return last;
    if (open?.page !== number) open = { page: number, texts: (pages[number] ?? '').split(BETWEEN) };
    return open.texts;
  };
  const at = (position: number): string => page(Math.floor(position / PAGE))[position % PAGE] ?? '';

  return {
    get length() {
      return pages.length * PAGE + last.length;
    },
    add(text) {
      last.push(text);
      if (last.length < PAGE) return;
      pages.push(last.join(BETWEEN));
      last = [];
    },
    at,
    *[Symbol.iterator]() {
      for (let position = 0; position < this.length; position += 1) yield at(position);
    },
  };
}
