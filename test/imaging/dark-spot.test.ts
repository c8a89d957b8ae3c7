import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { lettersOnSpot } from '../../src/imaging/dark-spot.ts';

const folder = mkdtempSync(join(tmpdir(), 'easyflip-spot-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [WIDTH, HEIGHT] = [300, 240];
type Shade = (x: number, y: number) => number | undefined;

/** The first of the shapes that covers a pixel gives its brightness; else it is paper. */
async function lettersIn(name: string, ...shapes: readonly Shade[]) {
  const pixels = Buffer.from(
    Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
      for (const shape of shapes) {
        const shade = shape(at % WIDTH, Math.floor(at / WIDTH));
        if (shade !== undefined) return shade;
      }
      return 220;
    }),
  );
  const path = join(folder, `${name}.png`);
  writeFileSync(
    path,
    await sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
      .png()
      .toBuffer(),
  );
  return lettersOnSpot(path, { longSide: WIDTH });
}

const L =
  (shade: number): Shade =>
  (x, y) =>
    (x >= 135 && x < 147 && y >= 80 && y < 150) || (x >= 135 && x < 177 && y >= 138 && y < 150) ? shade : undefined;
const disc: Shade = (x, y) => (Math.hypot(x - 150, y - 115) < 60 ? 50 : undefined);
const outline: Shade = (x, y) => {
  const [across, down] = [Math.abs(x - 150), Math.abs(y - 115)];
  return across < 70 && down < 55 && (across > 64 || down > 49) ? 50 : undefined;
};
const fold: Shade = (x) => (x < 220 ? 50 : undefined);

it('cuts a light letter out of a dark disc, black on white', async () => {
  const spot = await lettersIn('disc', L(235), disc);
  expect(spot).toMatchObject({ width: WIDTH, height: HEIGHT });
  for (const [side, at] of Object.entries({ left: 135, top: 80, right: 177, bottom: 150 }))
    expect(Math.abs((spot?.box[side as 'left'] ?? 0) - at)).toBeLessThanOrEqual(2);
  const { data, info } = await sharp(spot?.png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const dark = data.filter((value) => value < 128).length / (info.width * info.height);
  expect(data[0]).toBe(255);
  expect(dark).toBeGreaterThan(0.05);
  expect(dark).toBeLessThan(0.3);
});

it.each<readonly [string, readonly Shade[]]>([
  ['an empty label', []],
  ['a disc without a letter', [disc]],
  ['print on paper', [L(40)]],
  ['the outline of a wash symbol', [outline]],
  ['a dark fold at the edge', [L(235), fold]],
])('finds nothing on %s', async (name, shapes) => {
  expect(await lettersIn(name.replaceAll(' ', '-'), ...shapes)).toBeUndefined();
});
