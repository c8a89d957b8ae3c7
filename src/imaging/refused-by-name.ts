import type { Reason } from '../core/errors.ts';

const NOTHING_TO_DO = 'Ignore this, or delete the file.';

/** Files that accompany photos and are none, told by name alone, so that they need not be opened. */
export function refusedByName(name: string): Reason | undefined {
  if (name.startsWith('._')) {
    return {
      code: 'file.macos-companion',
      message: 'The file is a macOS companion of another file and holds no picture.',
      hint: NOTHING_TO_DO,
    };
  }
  if (name.startsWith('.') || /^(thumbs\.db|desktop\.ini|ehthumbs\.db)$/i.test(name)) {
    return { code: 'file.hidden', message: 'The file is hidden or belongs to the system.', hint: NOTHING_TO_DO };
  }
  if (/\.aae$/i.test(name)) {
    return {
      code: 'file.iphone-edit',
      message: "The file holds an iPhone's edits of another photo, not a picture.",
      hint: 'Export the edited photo as JPEG if the edits matter.',
    };
  }
  return undefined;
}
