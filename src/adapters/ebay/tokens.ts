import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { KeptToken, Vault } from '../../core/ports/credentials.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import type { EbayCredentials, TokenKind } from './credentials.ts';
import { createMemory } from './flight.ts';

interface Token {
  readonly value: string;
  readonly renewAtMs: number;
  /** Made because eBay refused the one before. */
  readonly afterRefusal: boolean;
  /** A call with it was answered. */
  worked: boolean;
}

export interface Tokens {
  /** A token that is good for now; made when there is none or it is about to end. */
  get(kind: TokenKind, call: Call): Promise<Token>;
  current(kind: TokenKind): Token | undefined;
  /**
   * After eBay refused `refused`: true when another token is ready and the call is worth repeating once. `permitted`: tokens of
   * this kind are known to do, so that a fresh one that was refused is made anew.
   */
  renew(kind: TokenKind, refused: Token | undefined, call: Call, permitted?: boolean): Promise<boolean>;
  /** Every token value ever held, for blotting them out of texts. */
  values(): readonly string[];
}

/** Asks eBay for a token: one counted request. */
export type Mint = (kind: TokenKind, call: Call) => Promise<{ readonly value: string; readonly lastsSeconds: number }>;

export interface TokenParts {
  readonly clock: Clock;
  readonly mint: Mint;
  readonly credentials: EbayCredentials;
  /** Shared with other processes and later runs. */
  readonly vault?: Pick<Vault, 'read' | 'change'>;
}

/** eBay's tokens last 7,200 s; the last five minutes are left for calls that wait for their turn. */
const MARGIN_MS = 300_000;

/**
 * One mint at a time for each kind, over all processes that share the vault; eBay counts mints by the day
 * (CONTRACTS 2.10: 1,000 for the application). A token that another process made a moment ago is taken.
 */
export function createTokens({ clock, mint, credentials, vault }: TokenParts): Tokens {
  const held = new Map<TokenKind, Token>();
  const values: string[] = [];
  const flights = createMemory<Token>(0);

  const hold = (
    kind: TokenKind,
    { value, expiresAt }: Pick<KeptToken, 'value' | 'expiresAt'>,
    lastsMs: number,
    afterRefusal: boolean,
  ): Token => {
    const token = { value, renewAtMs: Date.parse(expiresAt) - Math.min(MARGIN_MS, lastsMs / 10), afterRefusal, worked: false };
    held.set(kind, token);
    if (!values.includes(value)) values.push(value);
    if (values.length > 20) values.shift();
    return token;
  };

  const make = (kind: TokenKind, call: Call, refused: Token | undefined): Promise<Token> =>
    flights(kind, call, async (shared) => {
      const owner = ownerOf(kind, credentials);
      const usable = (kept: KeptToken | undefined): kept is KeptToken =>
        kept !== undefined && kept.owner === owner && kept.value !== refused?.value && Date.parse(kept.expiresAt) - MARGIN_MS > clock.now();
      const minted = async (): Promise<KeptToken> => {
        const startedMs = clock.now();
        const { value, lastsSeconds } = await mint(kind, shared);
        return { value, owner, expiresAt: new Date(startedMs + lastsSeconds * 1000).toISOString() };
      };
      const lasts = (token: KeptToken): number => Date.parse(token.expiresAt) - clock.now();

      if (!vault) {
        const token = await minted();
        return hold(kind, token, lasts(token), refused !== undefined);
      }
      const stored = (await vault.read())?.tokens?.[kind];
      if (usable(stored)) return hold(kind, stored, lasts(stored), refused !== undefined);
      const login = await vault.change(async (now) => {
        const theirs = now.tokens?.[kind];
        return usable(theirs) ? now : { ...now, tokens: { ...now.tokens, [kind]: await minted() } };
      });
      const token = login.tokens?.[kind];
      if (token === undefined) throw new Error('the vault lost the token it was given');
      return hold(kind, token, lasts(token), refused !== undefined);
    });

  return {
    get: async (kind, call) => {
      const token = held.get(kind);
      return token !== undefined && clock.now() < token.renewAtMs ? token : await make(kind, call, undefined);
    },
    current: (kind) => held.get(kind),
    renew: async (kind, refused, call, permitted = false) => {
      const now = held.get(kind);
      if (now !== undefined && now !== refused) return true;
      // A fresh token that was refused too proves a missing permission; more tokens would not help.
      if (refused?.afterRefusal && !refused.worked && !permitted) return false;
      await make(kind, call, refused ?? now);
      return true;
    },
    values: () => values,
  };
}

/** Tells logins apart without saying anything about them. */
function ownerOf(kind: TokenKind, { appId, refreshToken }: EbayCredentials): string {
  const login = kind === 'user' ? `${appId}\n${refreshToken}` : appId;
  return createHash('sha256').update(login).digest('hex').slice(0, 16);
}
