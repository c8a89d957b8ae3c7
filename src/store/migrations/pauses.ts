/** What the seller stopped by command: `all`, or a service. */
export const PAUSES = `
CREATE TABLE pauses (what TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- For a pace: how many went live since a time.
CREATE INDEX outcomes_by_listing_time ON outcomes (finished_at) WHERE stage = 'publish' AND kind = 'done';
`;
