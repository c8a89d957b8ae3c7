import { resolve } from '../../src/config/resolve.ts';
import { fileShape } from '../../src/config/shape.ts';
import type { Settings } from '../../src/core/settings.ts';

/** The settings of somebody who has set nothing. Reads no file of this machine. */
export const defaultSettings = (marketplace: Settings['marketplace'] = 'EBAY_US'): Settings =>
  resolve(fileShape.parse({ marketplace }), null);
