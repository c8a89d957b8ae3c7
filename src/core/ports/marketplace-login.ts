import type { Call } from './outgoing.ts';

/** The keyset of an application and the name of its redirect address. */
export interface Keyset {
  readonly appId: string;
  readonly certId: string;
  readonly ruName: string;
}

/** What a seller's yes brings. */
interface Consent {
  readonly refreshToken: string;
  /** ISO time. */
  readonly refreshTokenExpiresAt: string;
  readonly scopes: readonly string[];
}

/** How a seller lets this program act for them. */
export interface MarketplaceLogin {
  /** Everything this program asks for; a seller may consent to less. */
  readonly scopes: readonly string[];
  /** The page on which the seller says yes. `state` comes back with the answer and must be the same. */
  consentUrl(keyset: Keyset, state: string): string;
  /** Why a paste cannot be what the page for `state` sent back, in a sentence; undefined when it may be. Asks nobody. */
  problemWith(pasted: string, state: string | undefined): string | undefined;
  /**
   * Turns what the seller pasted (the address they were sent to, or the code in it) into a consent. A code
   * serves once. Errors: `usage.invalid` for a paste that holds no code or belongs to another log-in,
   * `provider.auth` when the marketplace refuses it.
   */
  redeem(keyset: Keyset, pasted: string, state: string | undefined, call: Call): Promise<Consent>;
}
