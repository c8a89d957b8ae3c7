import sharp from 'sharp';

/** Widths of bars and gaps of each symbol of Code 128; the last four are the three starts and the stop. */
const SYMBOLS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'.split(
    ' ',
  );
const START_B = 104;
const STOP = 106;

/** A card with a Code 128 of this text (printable ASCII, set B), as a label printer makes it. Written from the symbology, not with the reader's library. */
export async function barCodeCard(text: string): Promise<Buffer> {
  const values = [...text].map((letter) => (letter.codePointAt(0) ?? 0) - 32);
  const check = values.reduce((sum, value, at) => sum + value * (at + 1), START_B) % 103;
  const step = 5;
  let x = 10 * step;
  let bars = '';
  for (const symbol of [START_B, ...values, check, STOP].map((value) => SYMBOLS[value] ?? '')) {
    for (const [at, width] of [...symbol].entries()) {
      if (at % 2 === 0) bars += `<rect x="${x}" y="40" width="${Number(width) * step}" height="260"/>`;
      x += Number(width) * step;
    }
  }
  const width = x + 10 * step;
  const card = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="360"><rect width="${width}" height="360" fill="#fff"/>${bars}</svg>`;
  return sharp(Buffer.from(card)).png().toBuffer();
}

/** A card as it lies on a table: turned, small in the picture, in less light, slightly out of focus. */
export async function onATable(card: Buffer, { turn = 0, side = 1100, light = 0.9 } = {}): Promise<Buffer> {
  const table = '#8a7a66';
  const upright = await sharp(card).resize(side).toColourspace('srgb').png().toBuffer();
  const turned = await sharp(upright).rotate(turn, { background: table }).blur(1.2).modulate({ brightness: light }).png().toBuffer();
  return sharp({ create: { width: 2400, height: 1800, channels: 3, background: table } })
    .composite([{ input: turned, left: 300, top: 250 }])
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** A hand over the lens: skin out of focus, red light through it from one side, the gaps between fingers, the grain of little light. */
export async function handOverLens(): Promise<Buffer> {
  const [width, height] = [800, 600];
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
    const light = 1 - 0.7 * Math.hypot(x - 0.7, y - 0.3);
    const gap = 1 - 0.12 * Math.sin((x + 0.2 * y) * 12) ** 8;
    pixels.set(
      [150, 58, 42].map((colour) => Math.max(0, colour * light * gap)),
      at * 3,
    );
  }
  const skin = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(12)
    .png()
    .toBuffer();
  const grain = await sharp({
    create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 3 } },
  })
    .png()
    .toBuffer();
  return sharp(skin)
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 85 })
    .toBuffer();
}
