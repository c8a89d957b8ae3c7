import * as z from 'zod';
import { wholeNumber } from './values.ts';

export const photos = z
  .strictObject({
    pictureLongSide: wholeNumber(500, 1600)
      .default(1600)
      .describe('Long side in pixels of the picture that eBay gets. eBay asks for at least 500 and keeps at most 1600.'),
    pictureQuality: wholeNumber(90, 100)
      .default(90)
      .describe('JPEG quality of that picture. eBay recommends 90 and more: less is refused.'),
    modelLongSide: wholeNumber(256, 2048)
      .default(768)
      .describe('Long side in pixels of the copy that the analysis sees. Larger costs more.'),
    thumbnailLongSide: wholeNumber(64, 1024).default(256).describe('Long side in pixels of the thumbnail.'),
    enhance: z.boolean().default(true).describe('Modest correction of exposure and white balance, and sharpening after reducing.'),
    cropToSubject: z.boolean().default(false).describe('Crop to the subject, with a margin, where the ground around it is plain.'),
    cacheMaxMegabytes: wholeNumber(100, 10_000_000)
      .default(5_000)
      .describe('Prepared pictures of unfinished items beyond this are removed, oldest first; they are made anew when needed.'),
    maxPixels: wholeNumber(1_000_000, 1_000_000_000)
      .default(220_000_000)
      .describe('Photos with more pixels are refused before they are decoded.'),
    maxFileBytes: wholeNumber(100_000, 2_000_000_000).default(100_000_000).describe('Larger photo files are refused.'),
    gapMinutes: z
      .number()
      .min(0.1)
      .max(1440)
      .default(3)
      .describe('Minutes between two shots of one pile that begin a new item (grouping by time).'),
  })
  .prefault({})
  .describe('Preparing photos.');
