import { readFileSync } from 'node:fs';

/**
 * Runs several ways of doing the same work in turn, round by round, so that other load on the machine strikes all of them;
 * answers the median seconds of each, the seconds of processor time, and the medians of both ratios to the first
 * within a round. What ended child processes spent is counted where the system tells it (Linux, to a hundredth of a second). The first round warms up and is left out.
 */
export async function compare(ways, rounds) {
  const taken = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, work] of Object.entries(ways)) {
      const [began, spent] = [process.hrtime.bigint(), cpuSeconds()];
      await work();
      if (round > 0) taken[name].push({ wall: Number(process.hrtime.bigint() - began) / 1e9, cpu: cpuSeconds() - spent });
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

function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childSeconds();
}

/** `cutime` and `cstime` of proc(5), in ticks of a hundredth of a second; the program's name before them may hold spaces. */
function childSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
  }
}
