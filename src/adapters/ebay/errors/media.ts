import { ALLOW, LATER, type NotMet, PHOTO, PICTURES, type Row, range } from './rule.ts';

/** Media API: pictures. */
export const mediaErrors: readonly Row[] = [
  [190000, 'provider.unavailable', "eBay's picture service has a fault.", LATER, 'passes'],
  [190013, 'provider.auth', 'The login does not cover pictures.', ALLOW],
  [190200, 'picture.rejected', 'eBay does not have the picture any more.', PICTURES],
  [190201, 'picture.rejected', 'The picture has too many bytes.', 'Lower photos.pictureLongSide, then run `easyflip retry-failed`.'],
  [190202, 'picture.rejected', 'The picture has too many pixels.', 'Lower photos.pictureLongSide, then run `easyflip retry-failed`.'],
  [190203, 'picture.rejected', 'eBay cannot read the picture.', PHOTO],
  [190204, 'picture.rejected', 'eBay finds no picture at the address.', PICTURES],
];

export const mediaNotMet: readonly NotMet[] = [
  { why: 'videos are not sent', ids: [...range(190001, 190012), ...range(190014, 190017)] },
  { why: 'documents are not sent', ids: [190050, 190051, 190052, ...range(190055, 190063)] },
];
