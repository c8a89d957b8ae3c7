export type * from './after-sale.ts';
export * from './analysis.ts';
export type * from './credentials.ts';
export type * from './marketplace.ts';
export type * from './marketplace-login.ts';
export type * from './outgoing.ts';
export type * from './sales-store.ts';
export * from './seller-account.ts';
export type * from './store.ts';
