/** What is used of libheif-js, which ships no types for this entry. */
declare module 'libheif-js/wasm-bundle.js' {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Fills `data` with RGBA, turned as the container says; answers null when the picture cannot be decoded. */
    display(
      target: { data: Uint8ClampedArray; width: number; height: number },
      done: (shown: { data: Uint8ClampedArray } | null) => void,
    ): void;
    free(): void;
  }
  interface HeifDecoder {
    /** The top-level pictures; empty when the file cannot be parsed. Gain maps, depth maps and thumbnails are not among them. */
    decode(bytes: Uint8Array): HeifImage[];
    readonly decoder?: { delete(): void };
  }
  const libheif: { readonly ready?: Promise<unknown>; readonly HeifDecoder: new () => HeifDecoder };
  export default libheif;
}
