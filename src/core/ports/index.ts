export type * from './analysis.ts';
export type * from './marketplace.ts';
export type * from './outgoing.ts';
export type * from './store.ts';
