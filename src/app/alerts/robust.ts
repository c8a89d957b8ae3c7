export interface Robust {
  readonly median: number;
  /** Median of the distances from the median. */
  readonly mad: number;
  /** How far the value is from the median, in robust standard deviations; negative: below. */
  readonly deviations: number;
}

/** Makes the MAD of normally spread values their standard deviation. */
const TO_DEVIATION = 1.4826;

/**
 * How far `value` is from a history. `least`: the smallest spread that counts, so that a history in which all days are alike does
 * not make a trifle unusual. Pure; `history` is not empty.
 */
export function robust(value: number, history: readonly number[], least: number): Robust {
  const median = medianOf(history);
  const mad = medianOf(history.map((one) => Math.abs(one - median)));
  const spread = Math.max(mad * TO_DEVIATION, least);
  return { median, mad, deviations: spread === 0 ? 0 : (value - median) / spread };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
