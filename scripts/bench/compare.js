/**
 * Runs several ways of doing the same work in turn, round by round, so that other load on the machine strikes all of them;
 * answers the median seconds of each, the seconds of processor time this process spent, and the medians of both ratios to the first
 * within a round. What other processes spend is not seen. The first round warms up and is left out.
 */
export async function compare(ways, rounds) {
  const taken = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, work] of Object.entries(ways)) {
      const [began, spent] = [process.hrtime.bigint(), process.cpuUsage()];
      await work();
      const { user, system } = process.cpuUsage(spent);
      if (round > 0) taken[name].push({ wall: Number(process.hrtime.bigint() - began) / 1e9, cpu: (user + system) / 1e6 });
    }
  }
  const [first] = Object.values(taken);
  return Object.fromEntries(
    Object.entries(taken).map(([name, rounds]) => [
      name,
      {
        seconds: median(rounds.map(({ wall }) => wall)),
        cpuSeconds: median(rounds.map(({ cpu }) => cpu)),
        timesAsLongAsFirst: median(rounds.map(({ wall }, round) => wall / first[round].wall)),
        timesTheCpuOfFirst: median(rounds.map(({ cpu }, round) => cpu / first[round].cpu)),
      },
    ]),
  );
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
