import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The corpus of real photographs beside the project, where there is one; tests over it are skipped elsewhere. */
const folder = resolve('../shared/photos');

export const sharedPhotos = (group: string): string => resolve(folder, group);

export const hasSharedPhotos = existsSync(folder);

if (!hasSharedPhotos) process.stderr.write('No corpus of real photographs at ../shared/photos: the tests that need it are skipped.\n');

export const groundTruth = <T>(group: string): T => JSON.parse(readFileSync(resolve(folder, group, 'expected.json'), 'utf8')) as T;
