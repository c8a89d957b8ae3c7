// Preparing photos against the `vipsthumbnail` program (one process a photo, as many as there are cores), which makes only the
// 1600 px picture, and against plain sharp that decodes twice. The photos are drawn here; HEIC is measured where samples are named.
// What is prepared at once is measured in a process of its own, for its peak of memory.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

export const title =
  'prepare: 12-megapixel photos to a 1600 px sRGB JPEG (ours makes the model copy, thumbnail, look, colours and quality too)';

/** By megapixels; enough that the last ones, when cores have nothing left to do, hardly count. */
const PHOTOS = { 12: 24, 48: 6 };
const AT_ONCE = { JPEG: 50, HEIC: 6 };
const cores = availableParallelism();

export async function run({ compare, built, folder, short }) {
  const rounds = Number(process.env.BENCH_ROUNDS ?? (short ? 1 : 5));
  const some = (megapixels) => (short ? 2 : PHOTOS[megapixels]);
  const modules = await built({
    prepare: 'src/imaging/prepare-photo.ts',
    probe: 'src/imaging/probe-photo.ts',
    decode: 'src/imaging/decode-picture.ts',
    original: 'src/imaging/read-original.ts',
    shape: 'src/config/shape.ts',
  });
  const [{ preparePhoto }, { probePhoto }, { decodePicture }, { readOriginal }, { fileShape }] = await Promise.all(
    Object.values(modules).map((url) => import(url)),
  );
  const settings = fileShape.parse({}).photos;
  const plain = { ...settings, enhance: false };
  const decoded = async (photo) => decodePicture(await readOriginal(photo), photo, settings, new AbortController().signal);
  const isHeic = async (file) => (await probePhoto(file, settings)).photo?.kind === 'heic' && !/cut-short/.test(file);
  const sets = {
    'wide gamut': await drawn(folder, 12, some(12), 'p3'),
    sRGB: await drawn(folder, 12, some(12)),
    ...(short ? {} : { 'wide gamut, 48 megapixels': await drawn(folder, 48, some(48), 'p3') }),
    ...(await heicSamples(isHeic)),
  };
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
      // What `"photos": { "enhance": false }` makes: the picture, the model's copy, the thumbnail, and all that is measured.
      'easyflip, photos.enhance off': () => Promise.all(photos.map((photo) => preparePhoto(photo, out, plain, signal))),
      ...(vips && !heic ? { vipsthumbnail: () => atOnce(cores, files, thumbnail) } : {}),
      ...(heic
        ? {}
        : {
            'sharp, two decodes': () => atOnce(cores + 1, files, (file) => twoDecodes(file, AS_SHARP)),
            "sharp, two decodes, easyflip's way of writing": () => atOnce(cores + 1, files, (file) => twoDecodes(file, AS_OURS)),
            "those two from easyflip's one decode (no command does only this)": () => atOnce(cores + 1, photos, twoOf(decoded, AS_OURS)),
            "those two from easyflip's one decode, sharp's way of writing": () => atOnce(cores + 1, photos, twoOf(decoded, AS_SHARP)),
            'sharp, the three pictures of easyflip, not improved': () => atOnce(cores + 1, files, threeDecodes),
          }),
    };
    const results = await compare(ways, rounds);
    const megapixels = photos.reduce((sum, { width, height }) => sum + (width * height) / 1e6, 0);
    for (const [way, { seconds, cpuSeconds, timesAsLongAsFirst, timesTheCpuOfFirst }] of Object.entries(results)) {
      rows.push({
        photos: name,
        way,
        'photos per second': Number((files.length / seconds).toFixed(1)),
        'ms per 12 megapixels': Math.round((12_000 * seconds) / megapixels),
        'ms of a core per photo': Math.round((1000 * cpuSeconds) / files.length),
        'easyflip is x times as fast': Number(timesAsLongAsFirst.toFixed(2)),
        'takes x times less of the cores': Number(timesTheCpuOfFirst.toFixed(2)),
      });
    }
  }
  const { sRGB, HEIC } = sets;
  rows.push(atOnceRow(short ? 2 : AT_ONCE.JPEG, 'JPEG', sRGB, modules, folder));
  if (HEIC) rows.push(atOnceRow(AT_ONCE.HEIC, 'HEIC', HEIC, modules, folder));
  else console.error('HEIC is measured where BENCH_HEIC names a folder of such photos; none can be drawn here.');
  return rows;
}

function atOnceRow(count, kind, files, modules, folder) {
  const named = Array.from({ length: count }, (_, at) => files[at % files.length]);
  const job = JSON.stringify({ modules, files: named, out: join(folder, `at-once-${kind}`) });
  const { peakMegabytes } = JSON.parse(
    execFileSync(process.execPath, [join(import.meta.dirname, 'prepare-at-once.js'), job], { encoding: 'utf8' }),
  );
  return { photos: `${count} ${kind} at once`, way: 'easyflip', 'peak memory in MB': peakMegabytes };
}

/** Shapes, gradients and grain, so that JPEG has as much to do as with a photo. Drawn small and enlarged: drawing is not what is measured. */
async function drawn(folder, megapixels, count, profile) {
  const [width, height] = [1008, 756];
  const noise = { type: 'gaussian', mean: 128, sigma: 40 };
  const grain = await sharp({ create: { width, height, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
  const files = [];
  for (let at = 0; at < count; at += 1) {
    const shapes = Array.from({ length: 40 }, (_, shape) => {
      const [x, y, size] = [(shape * 249) % width, (shape * 153) % height, 38 + ((shape * 68) % 150)];
      const color = `hsl(${shape * 37 + at * 40},60%,50%)`;
      return `<rect x="${x}" y="${y}" width="${size}" height="${size * 0.7}" rx="10" fill="${color}" opacity="0.7"/>`;
    });
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`);
    const small = await sharp(grain)
      .composite([{ input: svg }])
      .png()
      .toBuffer();
    const file = join(folder, `${profile ?? 'srgb'}-${megapixels}-${at}.jpg`);
    const times = megapixels === 48 ? 8 : 4;
    const picture = sharp(small).resize(times * width, times * height);
    const tagged = profile ? picture.withIccProfile(profile) : picture;
    await tagged
      .withMetadata(profile ? { icc: profile, orientation: 6 } : { orientation: 6 })
      .jpeg({ quality: 92 })
      .toFile(file);
    files.push(file);
  }
  return files;
}

/** BENCH_HEIC: a folder of HEIC photos; what a scan would refuse is left out. */
async function heicSamples(isHeic) {
  const folder = process.env.BENCH_HEIC;
  if (!folder) return {};
  const files = readdirSync(folder).map((name) => join(folder, name));
  const heic = await Promise.all(files.map(isHeic));
  return { HEIC: files.filter((_, at) => heic[at]) };
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

const side = (pixels) => ({ width: pixels, height: pixels, fit: 'inside', withoutEnlargement: true });

/** The codes of JPEG fitted to each picture, as sharp has it when nothing is said, or not, as easyflip writes. */
const AS_SHARP = {};
const AS_OURS = { optimiseCoding: false };

async function twoDecodes(file, written) {
  await sharp(file)
    .autoOrient()
    .resize(side(1600))
    .jpeg({ quality: 90, ...written })
    .toFile(`${file}-picture.jpg`);
  await sharp(file)
    .autoOrient()
    .resize(side(768))
    .jpeg({ quality: 85, ...written })
    .toFile(`${file}-model.jpg`);
}

/** The same two pictures, so that like is held against like. */
function twoOf(decoded, written) {
  return async (photo) => {
    const { raw } = await decoded(photo);
    const picture = () => sharp(raw.data, { raw: raw.info });
    await Promise.all([
      picture()
        .jpeg({ quality: 90, ...written })
        .toFile(`${photo.path}-picture.jpg`),
      picture()
        .resize(side(768))
        .jpeg({ quality: 85, ...written })
        .toFile(`${photo.path}-model.jpg`),
    ]);
  };
}

async function threeDecodes(file) {
  await twoDecodes(file, AS_SHARP);
  await sharp(file).autoOrient().resize(side(256)).jpeg({ quality: 85 }).toFile(`${file}-thumbnail.jpg`);
}

async function atOnce(count, files, work) {
  const rest = [...files];
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let file = rest.shift(); file; file = rest.shift()) await work(file);
    }),
  );
}
