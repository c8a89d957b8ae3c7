import type { Call, PhotoText, PhotoView, SecondReader } from '../../core/ports/index.ts';

/**
 * What the second reader, where there is one, made of the photos whose first reading is in doubt. Where it found no
 * more than the first one did, the first stands: half a line is better than none.
 */
export async function readAgain(
  views: readonly PhotoView[],
  first: readonly PhotoText[],
  reader: SecondReader | undefined,
  call: Call,
): Promise<readonly PhotoText[]> {
  const wanted = reader ? first.filter((text) => reader.wants(text)) : [];
  if (!reader || wanted.length === 0) return first;
  const photos = views.filter(({ number }) => wanted.some(({ photo }) => photo === number));
  const second = await reader.readText(photos, wanted, call);
  return first.map((text) =>
    better(
      text,
      second.find(({ photo }) => photo === text.photo),
    ),
  );
}

function better(first: PhotoText, second: PhotoText | undefined): PhotoText {
  return second && sureSigns(second) > sureSigns(first) ? { ...second, ...(first.places ? { places: first.places } : {}) } : first;
}

const SURE = 0.7;

/** Letters and digits in words that the reader is sure of. */
const sureSigns = ({ lines }: PhotoText): number =>
  lines
    .flatMap(({ words }) => words)
    .filter(({ confidence }) => confidence >= SURE)
    .reduce((sum, { text }) => sum + text.replace(/[^\p{L}\p{N}]/gu, '').length, 0);
