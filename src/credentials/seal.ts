import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM: what was changed by one bit, or belongs to another environment, does not open. */
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
export const KEY_BYTES = 32;

export interface Sealed {
  readonly nonce: string;
  readonly tag: string;
  readonly data: string;
}

/** `context` is bound to the data without being in it. A nonce is never used twice: it is drawn anew each time. */
export function seal(text: string, key: Uint8Array, context: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
}

/** Undefined for a wrong key, another context, or data that was changed. */
export function open({ nonce, tag, data }: Sealed, key: Uint8Array, context: string): string | undefined {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
