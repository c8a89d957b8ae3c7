/** What sellers say where a thing has no brand or no number, and what the sites themselves say (CONTRACTS 2.3). */
const NONE = /^(?:none|no|no brand|no name|unbranded|n\/?a|does not apply|not applicable|markenlos|ohne marke|keine?|nicht zutreffend)$/i;

/** True for a word that says "there is none", in any case of letters. */
export const saysNone = (value: string): boolean => NONE.test(value.trim());
