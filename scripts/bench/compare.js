/**
 * Runs several ways of doing the same work in turn, round by round, so that other load on the machine strikes all of them;
 * answers the median seconds of each, and of the ratio to the first within a round. The first round warms up and is left out.
 */
export async function compare(ways, rounds) {
  const seconds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, work] of Object.entries(ways)) {
      const began = process.hrtime.bigint();
      await work();
      if (round > 0) seconds[name].push(Number(process.hrtime.bigint() - began) / 1e9);
    }
  }
  const [first] = Object.keys(ways);
  return Object.fromEntries(
    Object.entries(seconds).map(([name, times]) => [
      name,
      { seconds: median(times), timesAsLongAsFirst: median(times.map((time, round) => time / seconds[first][round])) },
    ]),
  );
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
