import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EasyflipError } from '../core/errors.ts';
import { storyJson } from '../report/story.ts';
import type { Story } from '../report/views.ts';

/**
 * A file for each failed item, named after its id, for its owner only; one that is there is replaced.
 * Returns their paths. Errors: `usage.invalid` for a folder that cannot be written.
 */
export async function writeStories(folder: string, stories: readonly Story[], commandSuffix = ''): Promise<readonly string[]> {
  const place = resolve(folder);
  try {
    await mkdir(place, { recursive: true, mode: 0o700 });
    const files: string[] = [];
    for (const story of stories) {
      const file = join(place, `${story.item.id}.json`);
      await writeFile(file, `${JSON.stringify(storyJson(story, commandSuffix), null, 2)}\n`, { mode: 0o600 });
      files.push(file);
    }
    return files;
  } catch (cause) {
    throw new EasyflipError('usage.invalid', `The folder ${place} cannot be written.`, {
      hint: 'Name another folder with --write.',
      cause,
    });
  }
}
