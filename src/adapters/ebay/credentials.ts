/** What an application of eBay's developer programme is known by, and the seller's consent. */
export interface EbayCredentials {
  readonly appId: string;
  readonly certId: string;
  readonly refreshToken: string;
}

/** `application`: taxonomy, metadata, browse. `user`: everything that sells, and pictures. */
export type TokenKind = 'application' | 'user';
