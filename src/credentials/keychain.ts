/** The operating system's own store of secrets: Keychain, Credential Manager, Secret Service. */
export interface Keychain {
  get(account: string): Promise<Uint8Array | undefined>;
  set(account: string, secret: Uint8Array): Promise<void>;
  remove(account: string): Promise<void>;
}

const SERVICE = 'easyflip';
/** A locked keychain may wait for somebody to type; from cron nobody will. */
const PATIENCE_MS = 5_000;

/**
 * The keychain of this machine; its package is optional and loaded only here. On Linux only the Secret
 * Service counts: the kernel's own keyring, which the package would fall back to, forgets at every start.
 */
export function systemKeychain(): Keychain {
  const entry = async (account: string) => {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    return new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
  };
  return {
    async get(account) {
      const secret = await (await entry(account)).getSecret(AbortSignal.timeout(PATIENCE_MS));
      return secret ? Uint8Array.from(secret) : undefined;
    },
    async set(account, secret) {
      await (await entry(account)).setSecret(secret, AbortSignal.timeout(PATIENCE_MS));
    },
    async remove(account) {
      await (await entry(account)).deletePassword(AbortSignal.timeout(PATIENCE_MS));
    },
  };
}
