// `npm run crash [-- --kind WORDS] [-- --every N] [-- --json]`: the crash matrix as a table.
import { parseArgs } from 'node:util';
import { KINDS, type Kind } from '../../test/crash/kinds.ts';
import { type PointResult, runMatrix } from '../../test/crash/matrix.ts';

const { values } = parseArgs({
  options: {
    kind: { type: 'string' },
    every: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'boolean' },
  },
});
const wanted = KINDS.filter(({ name }) => values.kind === undefined || name.includes(values.kind));
if (wanted.length === 0) throw new Error(`no kind is called ${values.kind}; there are: ${KINDS.map(({ name }) => name).join(', ')}`);
const every = Number(values.every);

const waiting = [...wanted];
const results: PointResult[] = [];
await Promise.all(Array.from({ length: Number(values.jobs) }, work));
summary();

async function work(): Promise<void> {
  for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
    results.push(...(await runMatrix([kind], (moments) => moments.filter((_moment, at) => at % every === 0), tell)));
  }
}

function tell({ kind, moment, violence, problems }: PointResult): void {
  if (values.json) console.log(JSON.stringify({ type: 'crash.point', kind: kind.name, moment, violence, problems: problems ?? null }));
  else if (problems === undefined) console.log(`not met  ${kind.name}: ${moment}`);
  else if (problems.length > 0) console.log(`BROKEN   ${kind.name}: ${violence} ${moment}\n         ${problems.join('\n         ')}`);
}

function summary(): void {
  const killed = results.filter(({ problems }) => problems !== undefined);
  const broken = killed.filter(({ problems }) => (problems?.length ?? 0) > 0);
  const of = (kind: Kind) => killed.filter((one) => one.kind === kind);
  const lines = { points: killed.length, broken: broken.length, kinds: wanted.length };
  if (values.json) console.log(JSON.stringify({ type: 'crash.finished', ...lines }));
  else {
    console.table(
      wanted.map((kind) => ({
        kind: kind.name,
        points: of(kind).length,
        'power cuts': of(kind).filter(({ violence }) => violence === 'plug').length,
        broken: of(kind).filter(({ problems }) => (problems?.length ?? 0) > 0).length,
      })),
    );
    console.log(`${lines.points} kill points in ${lines.kinds} kinds of work, ${lines.broken} broken`);
  }
  process.exitCode = broken.length > 0 ? 1 : 0;
}
