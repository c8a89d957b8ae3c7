import type { Clock } from '../../core/clock.ts';
import { EasyflipError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { PictureFile } from '../../core/ports/marketplace.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import type { JournalStore } from '../../core/ports/store.ts';
import { once } from '../../resilience/journaled.ts';
import { readKept } from '../../sealing/sealed-folders.ts';
import { badReply } from './errors.ts';
import type { Transport } from './transport.ts';
import { imageAnswer, pictureAnswer } from './wire.ts';

export interface UploadedPicture {
  readonly url: string;
  readonly expiresAt?: string;
}

/** An address that dies within this time is not worth putting into a listing. */
const LAST_MINUTES_MS = 600_000;

/**
 * Uploads a picture to eBay Picture Services (Media API createImageFromFile) once per content: the address
 * of an answered upload is given again until it expires.
 * Errors: `picture.rejected`, `photo.unreadable-file`, those of the Outgoing port.
 */
export async function uploadPicture(
  { transport, journal, clock }: { readonly transport: Transport; readonly journal: JournalStore; readonly clock: Clock },
  picture: PictureFile,
  call: Call,
): Promise<UploadedPicture> {
  const key = `ebay:picture:${picture.sha256}`;
  const known = await journal.read(key);
  if (known?.state === 'answered') {
    const uploaded = known.answer as UploadedPicture;
    if (isExpired(uploaded, clock) || (await journal.read(refusedKey(uploaded.url))) !== undefined) await journal.drop(key);
  }
  return await once(journal, { key, scope: key, signal: call.signal }, async () => {
    const bytes = await bytesOf(picture);
    const form = new FormData();
    form.append('image', new Blob([bytes], { type: 'image/jpeg' }), 'photo.jpg');
    const { headers, data } = await transport.request(
      {
        token: 'user',
        service: 'media',
        operation: 'media.createImageFromFile',
        writes: true,
        // Only `.api(...)` lets the header through; a per-call one sends the form as JSON (CONTRACTS 1.3).
        send: (ebay) =>
          ebay.commerce.media
            .api({ headers: { 'Content-Type': 'multipart/form-data' }, returnResponse: true })
            .post('/image/create_image_from_file', form),
        read: pictureAnswer,
      },
      call,
    );
    const direct = imageAnswer(data);
    const image = direct ?? (await imageAt(transport, headers, call));
    return { url: image.imageUrl, ...(image.expirationDate ? { expiresAt: image.expirationDate } : {}) };
  });
}

const refusedKey = (url: string): string => `ebay:picture-refused:${url}`;

/** eBay does not take a listing because of its pictures: their addresses are not given again. */
export async function distrustPictures(journal: JournalStore, urls: readonly string[]): Promise<void> {
  for (const key of urls.map(refusedKey)) await journal.sent(key, key);
}

function isExpired({ expiresAt }: UploadedPicture, clock: Clock): boolean {
  const atMs = expiresAt === undefined ? Number.NaN : Date.parse(expiresAt);
  return !Number.isNaN(atMs) && atMs - LAST_MINUTES_MS <= clock.now();
}

async function bytesOf({ path, sha256: expected }: PictureFile): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readKept(path).catch((cause: unknown) => {
    throw new EasyflipError('photo.unreadable-file', `The prepared picture ${path} cannot be read.`, {
      hint: 'Run `easyflip retry-failed`; the picture is prepared anew.',
      cause,
    });
  });
  if (sha256(bytes) === expected) return new Uint8Array(bytes);
  throw new EasyflipError('photo.unreadable-file', `The prepared picture ${path} is not the one that was approved.`, {
    hint: 'Run `easyflip retry-failed`; the picture is prepared anew.',
  });
}

/** Older notes say that the answer has no body and only the Location header tells where to read (CONTRACTS 2.4). */
async function imageAt(
  transport: Transport,
  headers: unknown,
  call: Call,
): Promise<{ readonly imageUrl: string; readonly expirationDate?: string | null | undefined }> {
  const location = String((headers as { location?: unknown } | undefined)?.location ?? '');
  const imageId = /\/image\/([^/?#]+)$/.exec(location)?.[1];
  if (imageId === undefined) throw badReply('media.createImageFromFile', true);
  return await transport.request(
    {
      token: 'user',
      service: 'media',
      operation: 'media.getImage',
      send: (ebay) => ebay.commerce.media.get(`/image/${imageId}`),
      read: imageAnswer,
    },
    call,
  );
}
