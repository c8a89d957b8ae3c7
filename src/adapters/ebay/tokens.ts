import type { Clock } from '../../core/clock.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { createMemory } from './flight.ts';

/** `application`: taxonomy, metadata, browse. `user`: everything that sells, and pictures. */
export type TokenKind = 'application' | 'user';

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
  /** After eBay refused `refused`: true when another token is ready and the call is worth repeating once. */
  renew(kind: TokenKind, refused: Token | undefined, call: Call): Promise<boolean>;
  /** Every token value ever held, for blotting them out of texts. */
  values(): readonly string[];
}

/** eBay's tokens last 7,200 s; the last five minutes are left for calls that wait for their turn. */
const MARGIN_MS = 300_000;

/** One mint at a time for each kind; eBay counts mints by the day (CONTRACTS 2.10). */
export function createTokens(
  clock: Clock,
  mint: (kind: TokenKind, call: Call) => Promise<{ readonly value: string; readonly lastsSeconds: number }>,
): Tokens {
  const held = new Map<TokenKind, Token>();
  const values: string[] = [];
  const flights = createMemory<Token>(0);

  const make = (kind: TokenKind, call: Call, afterRefusal: boolean): Promise<Token> =>
    flights(kind, call, async (shared) => {
      const startedMs = clock.now();
      const { value, lastsSeconds } = await mint(kind, shared);
      const lastsMs = lastsSeconds * 1000;
      const token = { value, renewAtMs: startedMs + lastsMs - Math.min(MARGIN_MS, lastsMs / 10), afterRefusal, worked: false };
      held.set(kind, token);
      values.push(value);
      if (values.length > 20) values.shift();
      return token;
    });

  return {
    get: async (kind, call) => {
      const token = held.get(kind);
      return token !== undefined && clock.now() < token.renewAtMs ? token : await make(kind, call, false);
    },
    current: (kind) => held.get(kind),
    renew: async (kind, refused, call) => {
      const now = held.get(kind);
      if (now !== undefined && now !== refused) return true;
      // A fresh token that was refused too proves a missing permission; more tokens would not help.
      if (refused?.afterRefusal && !refused.worked) return false;
      await make(kind, call, true);
      return true;
    },
    values: () => values,
  };
}
