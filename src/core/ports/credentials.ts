/** A token as the marketplace gave it out. Opaque; never logged. */
export interface KeptToken {
  readonly value: string;
  /** ISO time. */
  readonly expiresAt: string;
  /** Which login it belongs to: a token of another login is worth nothing. */
  readonly owner: string;
}

/** What is known of the login to a marketplace in one environment. Everything is optional: it grows with use. */
export interface StoredLogin {
  readonly appId?: string;
  readonly certId?: string;
  /** eBay's name for the redirect address of the keyset. */
  readonly ruName?: string;
  readonly refreshToken?: string;
  /** ISO time; eBay's consent lasts 18 months. */
  readonly refreshTokenExpiresAt?: string;
  /** What the seller consented to. */
  readonly scopes?: readonly string[];
  readonly username?: string;
  /** Of a log-in that was begun: what eBay must send back with the code. */
  readonly pendingState?: string;
  readonly tokens?: { readonly user?: KeptToken; readonly application?: KeptToken };
}

/** Where the key to the stored login lies. */
export type KeySource = 'keychain' | 'passphrase' | 'file';

/**
 * The login of one environment, encrypted at rest and shared by all processes on this data folder.
 * Errors: `credentials.unreadable` when the file cannot be opened with the key there is; `store.unusable`.
 */
export interface Vault {
  /** Undefined when nothing is stored. */
  read(): Promise<StoredLogin | undefined>;
  /**
   * Replaces the login by what `change` makes of it, while no other process can: `change` may take as long
   * as a request and sees what is stored now. Returns what is stored then. Not nested.
   */
  change(change: (login: StoredLogin) => Promise<StoredLogin>): Promise<StoredLogin>;
  /** True when there was something to remove. */
  remove(): Promise<boolean>;
  /** Undefined when nothing is stored. */
  keySource(): Promise<KeySource | undefined>;
  /** The file, for messages. */
  readonly file: string;
}
