import bwip from 'bwip-js/node';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readFaintCode } from '../../../src/adapters/local/faint-code.ts';

/** A drawn code in pale grey, blurred (standard deviation in pixels; a module has four). */
async function drawn(text: string, { blur = 2, turn = 0 } = {}) {
  const png = await bwip.toBuffer({
    bcid: 'ean13',
    text,
    scale: 4,
    height: 30,
    includetext: false,
    paddingwidth: 12,
    backgroundcolor: 'ffffff',
  });
  const flat = await sharp(png).flatten().rotate(turn).blur(blur).linear(0.3, 150).png().toBuffer();
  const { data, info } = await sharp(flat).toColourspace('srgb').extractChannel('green').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

describe('a code that scan lines cannot read', () => {
  it.each(['4006381333931', '0036000291452', '9780201752847', '5000213101025'])('%s, blurred and pale', async (text) => {
    expect(await readFaintCode(await drawn(text))).toMatchObject({ format: 'EAN13', text });
    expect(await readFaintCode(await drawn(text, { turn: 180 }))).toMatchObject({ text });
  });

  it('says nothing rather than something wrong when the blur has eaten the bars', async () => {
    for (const blur of [3, 4, 5, 8]) {
      const read = readFaintCode(await drawn('4006381333931', { blur }));
      expect([undefined, '4006381333931']).toContain(read?.text);
    }
  });

  it('sees no code in stripes and in noise', () => {
    const width = 600;
    const height = 200;
    const picture = (grey: (x: number, y: number) => number) => {
      const data = Uint8Array.from({ length: width * height }, (_, at) => Math.round(grey(at % width, Math.floor(at / width))));
      return { data, width, height };
    };
    let seed = 7;
    const noise = (): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % 256;
    };
    const columns = Array.from({ length: width }, noise);
    expect(readFaintCode(picture((x) => 128 + 100 * Math.sin(x / 2)))).toBeUndefined();
    expect(readFaintCode(picture((x) => columns[x] ?? 0))).toBeUndefined();
    expect(readFaintCode(picture(() => noise()))).toBeUndefined();
    expect(readFaintCode(picture(() => 128))).toBeUndefined();
  });
});
