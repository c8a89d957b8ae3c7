/** What tells that an item begins at a photo. */
type BorderKind = 'folder' | 'start' | 'name' | 'divider' | 'time' | 'look' | 'size' | 'seller';

/** Where an item begins, for the person who looks at a grouping. */
export interface Border {
  readonly kind: BorderKind;
  /** Half a sentence: `95 s after the photo before; usual are 8 s`. */
  readonly why: string;
  /** 0 to 1; below 0.5 a person should look. */
  readonly confidence: number;
}
