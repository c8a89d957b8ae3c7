// `npm run chaos`: how many items go live alone in bad weather, what it took, and everything that is not as it must be.
import { parseArgs } from 'node:util';
import type { Plan } from '../../test/chaos/campaign.ts';
import { ordeal, type Verdict } from '../../test/chaos/ordeal.ts';

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    share: { type: 'string', default: '0.2' },
    speed: { type: 'string', default: '10' },
    processes: { type: 'string', default: '1' },
    folders: { type: 'string', default: 'same' },
    rounds: { type: 'string', default: '20' },
    keep: { type: 'boolean' },
    json: { type: 'boolean' },
  },
});
const { folders } = values;
if (folders !== 'same' && folders !== 'split') throw new Error('--folders is same or split');
const items = whole('items');
const seed = whole('seed');

const plan: Plan = {
  items,
  seed,
  share: Number(values.share),
  speed: whole('speed'),
  processes: whole('processes'),
  folders,
  lostPictures: Math.max(1, Math.floor(items / 500)),
  daysAhead: seed % 2 === 0 ? 2 : -2,
  pictureQuota: 0.7,
  rounds: whole('rounds'),
};
const verdict = await ordeal(
  plan,
  (line) => {
    if (!values.json) console.log(line);
  },
  values.keep ?? false,
);
tell(verdict);
process.exitCode = verdict.problems.length > 0 ? 1 : 0;

function tell(all: Verdict): void {
  if (values.json) {
    console.log(JSON.stringify({ type: 'chaos.finished', ...all }));
    return;
  }
  const percent = (part: number): string => `${((100 * part) / all.good).toFixed(2)} %`;
  console.table({
    'good items': all.good,
    'bad on purpose': all.bad,
    'live without a hand': `${all.liveAlone} (${percent(all.liveAlone)})`,
    'runs of list': all.rounds.length,
    'dead letters then': JSON.stringify(all.deadLetters),
    'live after one retry-failed': `${all.live} (${percent(all.live)})`,
    'minutes on the wall': all.minutes,
    "minutes by the program's clock": all.programMinutes,
    'calls per item': (all.calls / plan.items).toFixed(1),
    'repeated calls': all.retries,
    'questions to the model': all.modelCalls,
    'calls that were struck': Object.values(all.struck).reduce((sum, one) => sum + one, 0),
    'scanned for secrets': `${all.scan.files} files, ${all.scan.megabytes} MB: ${all.scan.found.length} found`,
  });
  console.log(all.problems.length === 0 ? 'Everything is as it must be.' : `NOT as it must be:\n  ${all.problems.join('\n  ')}`);
}

function whole(name: 'items' | 'seed' | 'speed' | 'processes' | 'rounds'): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a whole number from 1 on`);
  return number;
}
