import type { KeychainAnswer, KeychainRequest } from './keychain.ts';

/**
 * Asks the keychain once, in a process of its own: the package waits for the operating system without giving
 * the thread back, so that a keychain that never answers could not be given up from within.
 * On Linux only the Secret Service counts: the kernel's own keyring, which the package would fall back to,
 * forgets at every start.
 */
const SERVICE = 'easyflip';

process.once('message', (request: KeychainRequest) => {
  answer(request).then(
    (secret) => reply(secret ? { secret } : {}),
    () => reply({ failed: true }),
  );
});

async function answer(request: KeychainRequest): Promise<Uint8Array | undefined> {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  const entry = new AsyncEntry(SERVICE, request.account, { linux: { store: 'secret-service' } });
  switch (request.want) {
    case 'get': {
      const secret = await entry.getSecret();
      return secret ? Uint8Array.from(secret) : undefined;
    }
    case 'set':
      await entry.setSecret(request.secret);
      return undefined;
    case 'remove':
      await entry.deletePassword();
      return undefined;
  }
}

/** Why it failed is the operating system's own text; only that it did is told. */
const reply = (message: KeychainAnswer): void => {
  process.send?.(message, () => process.disconnect());
};
