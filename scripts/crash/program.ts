// `npm run crash [-- --kind WORDS] [-- --moment WORDS] [-- --every N] [-- --from N] [-- --jobs N] [-- --json]`: the crash matrix as a table.
import { parseArgs } from 'node:util';
import { KINDS, type Kind } from '../../test/crash/kinds.ts';
import { type PointResult, runMatrix } from '../../test/crash/matrix.ts';

const { values } = parseArgs({
  options: {
    kind: { type: 'string' },
    moment: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'boolean' },
  },
});
const wanted = KINDS.filter(({ name }) => values.kind === undefined || name.includes(values.kind));
if (wanted.length === 0) throw new Error(`no kind is called ${values.kind}; there are: ${KINDS.map(({ name }) => name).join(', ')}`);
const [every, from] = [Number(values.every), Number(values.from)];

const waiting = [...wanted];
const results: PointResult[] = [];
await Promise.all(Array.from({ length: Number(values.jobs) }, work));
summary();

async function work(): Promise<void> {
  for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
    try {
      results.push(...(await runMatrix([kind], chosen, tell)));
    } catch (error) {
      // Unharmed it does not end well: the other kinds are tried all the same.
      const result: PointResult = { kind, moment: 'unharmed', violence: 'kill', problems: [String(error)] };
      results.push(result);
      tell(result);
    }
  }
}

function chosen(moments: readonly string[]): readonly string[] {
  return moments.filter((moment) => moment.includes(values.moment)).filter((_moment, at) => at % every === from);
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
  // The second of a name is another point, but no other place in the program.
  const places = new Set(killed.map(({ kind, moment }) => `${kind.name}: ${moment.replace(/ \d+$/, '')}`)).size;
  const lines = { points: killed.length, places, broken: broken.length, kinds: wanted.length };
  if (values.json) console.log(JSON.stringify({ type: 'crash.finished', ...lines }));
  else {
    console.table(
      wanted.map((kind) => ({
        kind: kind.name,
        points: of(kind).length,
        'power cuts': of(kind).filter(({ violence }) => violence === 'plug').length,
        'of the marketplace': of(kind).filter(({ violence }) => violence === 'marketplace').length,
        broken: of(kind).filter(({ problems }) => (problems?.length ?? 0) > 0).length,
      })),
    );
    console.log(`${lines.points} kill points at ${places} places in ${lines.kinds} kinds of work, ${lines.broken} broken`);
  }
  process.exitCode = broken.length > 0 ? 1 : 0;
}
