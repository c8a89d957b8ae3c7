/**
 * Letters of five columns by seven rows for signs U+0020 to U+005F, five bytes each, the lowest bit on top: a
 * picture with writing needs no font that may be missing on the machine.
 */
const COLUMNS = Buffer.from(
  '0000000000' +
    '00005f0000' +
    '0007000700' +
    '147f147f14' +
    '242a7f2a12' +
    '2313086462' +
    '3649562050' +
    '0008070300' +
    '001c224100' +
    '0041221c00' +
    '2a1c7f1c2a' +
    '08083e0808' +
    '0080703000' +
    '0808080808' +
    '0000606000' +
    '2010080402' +
    '3e5149453e' +
    '00427f4000' +
    '7249494946' +
    '2141494d33' +
    '1814127f10' +
    '2745454539' +
    '3c4a494931' +
    '4121110907' +
    '3649494936' +
    '464949291e' +
    '0000140000' +
    '0040340000' +
    '0008142241' +
    '1414141414' +
    '0041221408' +
    '0201590906' +
    '3e415d594e' +
    '7c1211127c' +
    '7f49494936' +
    '3e41414122' +
    '7f4141413e' +
    '7f49494941' +
    '7f09090901' +
    '3e41415173' +
    '7f0808087f' +
    '00417f4100' +
    '2040413f01' +
    '7f08142241' +
    '7f40404040' +
    '7f021c027f' +
    '7f0408107f' +
    '3e4141413e' +
    '7f09090906' +
    '3e4151215e' +
    '7f09192946' +
    '2649494932' +
    '03017f0103' +
    '3f4040403f' +
    '1f2040201f' +
    '3f4038403f' +
    '6314081463' +
    '0304780403' +
    '6159494d43' +
    '007f414141' +
    '0204081020' +
    '004141417f' +
    '0402010204' +
    '4040404040',
  'hex',
);

const FIRST = 0x20;
const COUNT = COLUMNS.length / 5;
/** One column of space follows each letter. */
const ADVANCE = 6;

/** Width in pixels of a line, at one pixel a dot. */
export const widthOfLetters = (text: string): number => Math.max(0, text.length * ADVANCE - 1);

/** Calls `dot` for each dark dot of a line of capitals; signs without a letter here become `?`. */
export function drawLetters(text: string, dot: (x: number, y: number) => void): void {
  for (const [at, sign] of [...text.toUpperCase()].entries()) {
    const code = (sign.codePointAt(0) ?? 0) - FIRST;
    const letter = code >= 0 && code < COUNT ? code : '?'.charCodeAt(0) - FIRST;
    for (let column = 0; column < 5; column += 1)
      for (let row = 0; row < 8; row += 1) if (((COLUMNS[letter * 5 + column] ?? 0) >> row) & 1) dot(at * ADVANCE + column, row);
  }
}
