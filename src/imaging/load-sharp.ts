import type SharpModule from 'sharp';

type Sharp = typeof SharpModule;

let loading: Promise<Sharp> | undefined;

/** The one door to sharp: loaded when first needed, since it costs more start-up time than all else together. */
export function loadSharp(): Promise<Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => tame(sharp));
  return loading;
}

/** Only photo formats may be decoded. Without this libvips would also render SVG, PDF and text, which can name other files. */
const LOADERS = [
  'VipsForeignLoadJpeg',
  'VipsForeignLoadPng',
  'VipsForeignLoadWebp',
  'VipsForeignLoadTiff',
  'VipsForeignLoadNsgif',
  'VipsForeignLoadHeif',
];

function tame(sharp: Sharp): Sharp {
  // One thread for each picture: several pictures at once use the cores better than several threads on one.
  sharp.concurrency(1);
  // The cache goes by file name, so that a replaced file would come out as its old self.
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  return sharp;
}
