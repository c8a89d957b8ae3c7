import sharp from 'sharp';

interface Line {
  readonly text: string;
  /** Pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/** A sheet with these lines on it, lying on a table: drawn, for no corpus may show where real people live or what they drive. */
async function sheet(
  lines: readonly Line[],
  { width, height, ground }: { width: number; height: number; ground: string },
): Promise<Buffer> {
  let y = 30;
  const texts = lines.map(({ text, size, bold }) => {
    y += size * 1.25;
    return `<text x="${width / 2}" y="${y}" text-anchor="middle" font-family="DejaVu Sans, sans-serif" font-weight="${bold ? 700 : 400}" font-size="${size}" fill="#1a2350">${text}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" rx="24" fill="${ground}"/>${texts.join('')}</svg>`;
  const table = sharp({
    create: { width: 1600, height: 1200, channels: 3, background: '#6e5a48', noise: { type: 'gaussian', mean: 100, sigma: 12 } },
  });
  const left = Math.round((1600 - width) / 2);
  const top = Math.round((1200 - height) / 2);
  return sharp(await table.png().toBuffer())
    .composite([{ input: Buffer.from(svg), left, top }])
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** As carriers print them in the United States. */
export const usShippingLabel = (): Promise<Buffer> =>
  sheet(
    [
      { text: 'PRIORITY MAIL 2-DAY', size: 48, bold: true },
      { text: 'SHIP TO:', size: 40 },
      { text: 'JANE DOE', size: 46 },
      { text: '742 EVERGREEN TERRACE', size: 46 },
      { text: 'SPRINGFIELD, OR 97477', size: 46 },
      { text: 'TRACKING NUMBER', size: 36, bold: true },
    ],
    { width: 1000, height: 620, ground: '#fdfdfb' },
  );

/** As the states stamp them: the state's name, letters and digits, a word of the state's own. */
export const usPlate = (state: string, number: string, motto: string): Promise<Buffer> =>
  sheet(
    [
      { text: state, size: 84, bold: true },
      { text: number, size: 210, bold: true },
      { text: motto, size: 54 },
    ],
    { width: 1240, height: 560, ground: '#f4f2e8' },
  );

/** The back of a maker's package. */
export const packageBack = (): Promise<Buffer> =>
  sheet(
    [
      { text: 'SanDisk microSD', size: 84, bold: true },
      { text: 'www.sandisk.com', size: 60 },
      { text: 'For proper disposal see inside', size: 44 },
      { text: 'SDSDQ-1024-E10M', size: 44 },
    ],
    { width: 1100, height: 480, ground: '#e8ecf4' },
  );
