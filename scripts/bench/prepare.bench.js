// Preparing photos against the `vipsthumbnail` program (one process a photo, as many as there are cores), which makes only the
// 1600 px picture, and against plain sharp that decodes twice. The photos are drawn here; HEIC is measured where samples are named.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

export const title =
  'prepare: 12-megapixel photos to a 1600 px sRGB JPEG (ours makes the model copy, thumbnail, look, colours and quality too)';

const PHOTOS = 6;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const cores = availableParallelism();

export async function run({ compare, built, folder }) {
  const modules = await built({
    prepare: 'src/imaging/prepare-photo.ts',
    probe: 'src/imaging/probe-photo.ts',
    shape: 'src/config/shape.ts',
  });
  const [{ preparePhoto }, { probePhoto }, { fileShape }] = await Promise.all(Object.values(modules).map((url) => import(url)));
  const settings = fileShape.parse({}).photos;
  const sets = { 'wide gamut': await drawn(folder, 'p3'), sRGB: await drawn(folder, undefined), ...heicSamples() };
  const vips = hasVips();
  if (!vips) console.error('vipsthumbnail is not installed (Debian: libvips-tools): its figures are left out.');
  const rows = [];
  for (const [name, files] of Object.entries(sets)) {
    const photos = await Promise.all(files.map(async (file) => (await probePhoto(file, settings)).photo));
    const out = join(folder, 'out');
    mkdirSync(out, { recursive: true });
    const signal = new AbortController().signal;
    const heic = photos.some(({ kind }) => kind === 'heic');
    const ways = {
      easyflip: () => Promise.all(photos.map((photo) => preparePhoto(photo, out, settings, signal))),
      ...(vips && !heic ? { vipsthumbnail: () => atOnce(cores, files, thumbnail) } : {}),
      ...(heic ? {} : { 'sharp, two decodes': () => atOnce(cores + 1, files, twoDecodes) }),
    };
    const results = await compare(ways, ROUNDS);
    for (const [way, { seconds, timesAsLongAsFirst }] of Object.entries(results)) {
      rows.push({
        photos: name,
        way,
        'photos per second': Number((files.length / seconds).toFixed(1)),
        'easyflip is x times as fast': Number(timesAsLongAsFirst.toFixed(2)),
      });
    }
  }
  return rows;
}

/** Shapes, gradients and grain, so that JPEG has as much to do as with a photo. */
async function drawn(folder, profile) {
  const [width, height] = [4032, 3024];
  const grain = sharp({
    create: { width: 1008, height: 756, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  });
  const noise = await grain.resize(width, height).png({ compressionLevel: 1 }).toBuffer();
  const shapes = Array.from({ length: 40 }, (_, at) => {
    const [x, y, size] = [(at * 997) % width, (at * 613) % height, 150 + ((at * 271) % 600)];
    return `<rect x="${x}" y="${y}" width="${size}" height="${size * 0.7}" rx="40" fill="hsl(${at * 37},60%,50%)" opacity="0.7"/>`;
  });
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`);
  const files = [];
  for (let at = 0; at < PHOTOS; at += 1) {
    const file = join(folder, `${profile ?? 'srgb'}-${at}.jpg`);
    const picture = sharp(noise)
      .composite([{ input: svg }])
      .modulate({ hue: at * 40 });
    const tagged = profile ? picture.withIccProfile(profile) : picture;
    await tagged
      .withMetadata(profile ? { icc: profile, orientation: 6 } : { orientation: 6 })
      .jpeg({ quality: 92 })
      .toFile(file);
    files.push(file);
  }
  return files;
}

/** BENCH_HEIC: a folder of HEIC photos. */
function heicSamples() {
  const folder = process.env.BENCH_HEIC;
  if (!folder) return {};
  return {
    HEIC: readdirSync(folder)
      .filter((name) => /\.hei[cf]$/i.test(name))
      .map((name) => join(folder, name)),
  };
}

function hasVips() {
  try {
    execFileSync('vipsthumbnail', ['--vips-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const thumbnail = (file) =>
  promisify(execFile)('vipsthumbnail', [file, '--size', '1600x1600', '--eprofile', 'srgb', '-o', `${file}-vips.jpg[Q=90,strip]`]);

async function twoDecodes(file) {
  const side = (pixels) => ({ width: pixels, height: pixels, fit: 'inside', withoutEnlargement: true });
  await sharp(file).autoOrient().resize(side(1600)).jpeg({ quality: 90 }).toFile(`${file}-picture.jpg`);
  await sharp(file).autoOrient().resize(side(768)).jpeg({ quality: 85 }).toFile(`${file}-model.jpg`);
}

async function atOnce(count, files, work) {
  const rest = [...files];
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let file = rest.shift(); file; file = rest.shift()) await work(file);
    }),
  );
}
