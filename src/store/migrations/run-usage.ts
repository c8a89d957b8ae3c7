/**
 * How busy each service was in a run, for finding what holds things up. `at_once`: its places then; `busy_ms`: summed time of its
 * attempts, waiting for a place left out. Goes with its run.
 */
export const RUN_USAGE = `
CREATE TABLE run_usage (
  run_id TEXT NOT NULL,
  service TEXT NOT NULL,
  at_once INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  busy_ms INTEGER NOT NULL,
  PRIMARY KEY (run_id, service)
) STRICT, WITHOUT ROWID;
`;
