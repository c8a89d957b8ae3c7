/** What a small decode tells of a photo: enough for grouping, nothing that leaves the machine. */
export interface Glance {
  /** 64-bit difference hash, 16 hex digits; absent when no pixels could be had. */
  readonly look?: string;
  /** Mean colours of 6 x 6 places, three bytes each, as hex. */
  readonly layout?: string;
  /** Nothing but darkness, or something held over the lens. */
  readonly covered?: 'black' | 'hand';
  /** Texts of the codes in the picture that are certain. */
  readonly codes: readonly string[];
}

/** Raise it when the same pixels should give another glance: remembered ones of another version are not used. */
export const GLANCE_VERSION = 1;

/** Reads codes from pixels, four bytes each. May be repeated. */
export type CodeReader = (
  picture: { readonly data: Uint8ClampedArray<ArrayBuffer>; readonly width: number; readonly height: number },
  signal: AbortSignal,
) => Promise<readonly string[]>;
