import type { SellerFacts } from '../core/seller-facts.ts';

/** What `item.*` and `notes.txt` say of one item: two notes are two notes, and neither is dropped. */
export function joinNote(facts: SellerFacts, note: string | undefined): SellerFacts {
  if (note === undefined) return facts;
  return { ...facts, note: facts.note === undefined ? note : `${facts.note}\n${note}` };
}
