import type { ErrorCode } from '../../core/errors.ts';
import type { Entry } from './entry.ts';
import { ITEM_CODES } from './items.ts';
import { PHOTO_CODES } from './photos.ts';
import { PROGRAM_CODES } from './program.ts';
import { SERVICE_CODES } from './services.ts';

/** What every code means and what to do; complete by its type. Commands are named without `easyflip`. */
export const ERROR_GUIDE: Readonly<Record<ErrorCode, Entry>> = { ...PROGRAM_CODES, ...PHOTO_CODES, ...ITEM_CODES, ...SERVICE_CODES };
