/** `categoryId:15724,Color:{Red|Blue}` taken apart. */
export interface AspectFilter {
  readonly categoryId: string;
  /** By aspect name: values of which one must be there. */
  readonly wanted: ReadonlyMap<string, readonly string[]>;
}

/** The `aspect_filter` of the Browse and Catalog documents. A pipe inside a value is written `\|`. */
export function parseAspectFilter(text: string): AspectFilter | 'no category' | 'malformed' {
  const categoryId = /^categoryId:(\d+)(?:,|$)/.exec(text)?.[1];
  if (categoryId === undefined) return 'no category';
  let rest = text.slice(`categoryId:${categoryId}`.length);
  const wanted = new Map<string, readonly string[]>();
  while (rest !== '') {
    const [whole = '', name = '', values = ''] = /^,([^:{},]+):\{([^{}]+)\}/.exec(rest) ?? [];
    if (whole === '') return 'malformed';
    wanted.set(
      name.trim(),
      values.split(/(?<!\\)\|/).map((value) => value.replaceAll('\\|', '|').trim()),
    );
    rest = rest.slice(whole.length);
  }
  return { categoryId, wanted };
}

export function hasAspects(own: Readonly<Record<string, readonly string[]>>, { wanted }: AspectFilter): boolean {
  return [...wanted].every(([name, values]) => values.some((value) => own[name]?.includes(value)));
}
