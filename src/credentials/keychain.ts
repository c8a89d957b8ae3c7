import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The operating system's own store of secrets: Keychain, Credential Manager, Secret Service. */
export interface Keychain {
  get(account: string): Promise<Uint8Array | undefined>;
  set(account: string, secret: Uint8Array): Promise<void>;
  remove(account: string): Promise<void>;
}

export type KeychainRequest =
  | { readonly want: 'get' | 'remove'; readonly account: string }
  | { readonly want: 'set'; readonly account: string; readonly secret: Uint8Array };

export interface KeychainAnswer {
  readonly secret?: Uint8Array;
  readonly failed?: true;
}

/** A locked keychain asks for its password; from cron nobody will type it. */
const PATIENCE_MS = { somebodyThere: 60_000, nobodyThere: 5_000 } as const;

/** The keychain of this machine; its package is optional and loaded by `keychain-process.ts` only, which is killed when it hangs. */
export function systemKeychain(): Keychain {
  return {
    get: async (account) => (await ask({ want: 'get', account })).secret,
    set: async (account, secret) => void (await ask({ want: 'set', account, secret })),
    remove: async (account) => void (await ask({ want: 'remove', account })),
  };
}

function ask(request: KeychainRequest): Promise<KeychainAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./keychain-process.js', import.meta.url)), {
      stdio: 'ignore',
      // Keys travel as bytes, and by no argument that other users could read.
      serialization: 'advanced',
      execArgv: [],
    });
    const patience = process.stdin.isTTY === true ? PATIENCE_MS.somebodyThere : PATIENCE_MS.nobodyThere;
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    const settle = (work: () => void): void => {
      clearTimeout(timer);
      work();
    };
    child.once('message', (answer: KeychainAnswer) =>
      settle(() => (answer.failed ? reject(new Error('the keychain refused')) : resolve(answer))),
    );
    child.once('error', (error) => settle(() => reject(error)));
    // After an answer this changes nothing.
    child.once('exit', () => settle(() => reject(new Error('the keychain did not answer'))));
    child.send(request, (error) => {
      if (error) settle(() => reject(error));
    });
  });
}
