/**
 * Who may import whom. A room may import itself and what is named here: a folder, or a single file
 * where one tool of another room is lent. ARCHITECTURE.md shows the same as a picture.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/pipeline': ['src/core'],
  'src/imaging': ['src/core'],
  'src/resilience': ['src/core'],
  'src/store': ['src/core'],
  'src/config': ['src/core'],
  'src/credentials': ['src/core'],
  'src/report': ['src/core'],
  'src/intake': ['src/core', 'src/imaging'],
  'src/stages': ['src/core', 'src/imaging', 'src/pipeline/stage.ts'],
  'src/adapters/ebay': ['src/core', 'src/resilience/batch.ts', 'src/resilience/journaled.ts'],
  'src/adapters/google-vision': ['src/core', 'src/imaging/read-pixels.ts', 'src/resilience/batch.ts', 'src/resilience/journaled.ts'],
  'src/adapters/local': ['src/core', 'src/imaging/read-pixels.ts', 'src/imaging/dark-spot.ts'],
  'src/adapters/openai': [
    'src/core',
    'src/resilience/journaled.ts',
    'src/imaging/model-picture.ts',
    'src/imaging/read-pixels.ts',
    'src/imaging/looks.ts',
  ],
  'src/adapters': [
    'src/core',
    'src/adapters/ebay/marketplace.ts',
    'src/adapters/ebay/login.ts',
    'src/adapters/local/index.ts',
    'src/adapters/local/card-codes.ts',
    'src/adapters/openai/index.ts',
    'src/adapters/openai/check-access.ts',
    'src/adapters/google-vision/index.ts',
  ],
  'src/app': [
    'src/core',
    'src/pipeline',
    'src/stages',
    'src/intake',
    'src/imaging/load-sharp.ts',
    'src/imaging/probe-photo.ts',
    'src/imaging/read-pixels.ts',
    'src/imaging/picture-store.ts',
    'src/imaging/encode-png.ts',
    'src/imaging/thumbnail.ts',
    'src/store',
    'src/resilience',
    'src/adapters/registry.ts',
    'src/config',
    'src/credentials',
    'src/report',
  ],
  'src/cli': [
    'src/core',
    'src/app',
    'src/config',
    'src/report',
    'src/intake',
    'src/pipeline/run-control.ts',
    'src/practice/server.ts',
    'src/practice/single-instance.ts',
  ],
  'src/practice': [],
  'src/main.ts': ['src/cli', 'package.json'],
};

/** Each package has one home (two where the island needs it too), so that it can be replaced in one place. */
export const PACKAGE_HOMES: Readonly<Record<string, readonly string[]>> = {
  sharp: ['src/imaging'],
  exifr: ['src/imaging'],
  'libheif-js': ['src/imaging'],
  'better-sqlite3': ['src/store', 'src/practice'],
  minisearch: ['src/practice'],
  'p-queue': ['src/pipeline', 'src/resilience'],
  'p-retry': ['src/resilience'],
  cockatiel: ['src/resilience'],
  'ebay-api': ['src/adapters/ebay'],
  '@google-cloud/vision': ['src/adapters/google-vision'],
  'tesseract.js': ['src/adapters/local'],
  'zxing-wasm': ['src/adapters/local'],
  '@tesseract.js-data/eng': ['src/adapters/local'],
  openai: ['src/adapters/openai'],
  commander: ['src/cli'],
  'cli-progress': ['src/report'],
  chalk: ['src/report'],
  zod: ['src/config', 'src/report', 'src/intake', 'src/adapters/ebay', 'src/adapters/openai', 'src/practice'],
  yaml: ['src/intake'],
  'env-paths': ['src/config'],
  mustache: ['src/stages', 'src/config'],
  uqr: ['src/report'],
  pdfkit: ['src/report'],
  '@clack/prompts': ['src/cli'],
  open: ['src/cli'],
  'proper-lockfile': ['src/credentials'],
  '@napi-rs/keyring': ['src/credentials'],
};

/** Heavy to load: only by dynamic import, so that `status` and `--help` stay quick. */
export const LOADED_LATE: ReadonlySet<string> = new Set([
  'sharp',
  'exifr',
  'libheif-js',
  'ebay-api',
  'openai',
  'tesseract.js',
  '@google-cloud/vision',
  'zxing-wasm',
  'better-sqlite3',
  'yaml',
  '@clack/prompts',
  'pdfkit',
  'uqr',
  'open',
  'mustache',
  'proper-lockfile',
  '@napi-rs/keyring',
]);

export function roomOf(path: string): string | undefined {
  return Object.keys(ROOMS)
    .filter((room) => path === room || path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}
