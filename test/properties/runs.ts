import type { Parameters } from 'fast-check';

/**
 * How often a property is tried. The ordinary run is the same every time (fixed seed) and small; `npm run fuzz`
 * sets FUZZ to a factor and takes a new seed unless FUZZ_SEED names one. fast-check prints the seed and the
 * counterexample of what it finds; a counterexample becomes an ordinary test.
 */
export function runs(times: number): Pick<Parameters, 'numRuns' | 'seed' | 'endOnFailure'> {
  const factor = Number(process.env.FUZZ ?? 1);
  const seed = process.env.FUZZ_SEED === undefined ? ORDINARY_SEED : Number(process.env.FUZZ_SEED);
  return { numRuns: Math.max(1, Math.round(times * factor)), seed, endOnFailure: false };
}

const ORDINARY_SEED = 20_260_301;
