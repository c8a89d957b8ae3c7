import { type Figure, known, unknown } from '../../core/figure.ts';
import type { RunUse } from '../../core/ports/index.ts';
import type { ServiceName, Settings } from '../../core/settings.ts';
import type { BottleneckView, ServiceLoad } from '../../report/stats-view.ts';

const HOUR_MS = 3_600_000;
/** Below this a service's places were free most of the time: something else sets the pace. */
const BUSY = 0.5;
/** An effect below a twentieth is none that could be seen. */
const WORTH_IT = 1.05;

/** Their calls wait for a core inside: more places only make a longer queue. */
const ON_THIS_MACHINE: ReadonlySet<ServiceName> = new Set(['imaging', 'ocr']);

/**
 * What holds the runs up, by the utilisation law: a service's places were busy for busy time ÷ (places × time of the runs),
 * and allow for places ÷ busy time of an item. The service that is used most sets the pace; twice its places let the pace
 * grow until the next service is full. Pure.
 */
export function bottleneckOf(use: RunUse, settings: Pick<Settings, 'services' | 'pipeline'>, cores: number): Figure<BottleneckView> {
  const { runs, wallMs, items } = use;
  if (runs === 0) return unknown('no run has come to an end in this time');
  if (items === 0 || wallMs <= 0) return unknown('the runs of this time worked on no item');
  const measured = (items * HOUR_MS) / wallMs;
  const services = use.services
    .filter(({ capacityMs, busyMs }) => capacityMs > 0 && busyMs > 0)
    .map(
      ({ service, calls, failed, busyMs, capacityMs }): ServiceLoad => ({
        service,
        // As set now: what would change is what stands in the settings.
        atOnce: settings.services[service].concurrency,
        calls,
        failed,
        busyMs,
        utilisation: busyMs / capacityMs,
        itemsPerHour: (settings.services[service].concurrency * items * HOUR_MS) / busyMs,
      }),
    )
    .sort((a, b) => b.utilisation - a.utilisation || (a.service < b.service ? -1 : 1));
  const [first, second] = services;
  const base = { runs, wallMs, items, itemsPerHour: measured, services };
  if (!first || first.utilisation < BUSY) {
    return known({
      ...base,
      service: undefined,
      finding: first
        ? `No service was busy for more than ${percent(first.utilisation)} of its places (${first.service}); none holds things up.`
        : 'No calls were counted in these runs.',
      advice: undefined,
      cure: `More items at once keep the places busier: pipeline.itemsInFlight (${settings.pipeline.itemsInFlight}), or longer lists.`,
    });
  }
  const finding = `${first.service} sets the pace: its ${first.atOnce} places were busy ${percent(first.utilisation)} of the time.`;
  const advice = { service: first.service, finding };
  if (ON_THIS_MACHINE.has(first.service)) {
    return known({
      ...base,
      ...advice,
      advice: undefined,
      cure: `Its work is done by this machine's ${cores === 1 ? 'one core' : `${cores} cores`}: more places bring nothing, a machine with more cores does. Labels that you describe in sidecars need no reading.`,
    });
  }
  const { window, dailyQuota } = settings.services[first.service];
  const to = first.atOnce * 2;
  // The pace grows as the places do, until what is used next most is full.
  const room = Math.min(2, second ? 1 / second.utilisation : 2);
  const byWindow = window ? (window.calls * HOUR_MS * items) / (window.perMs * first.calls) : Number.POSITIVE_INFINITY;
  const expected = Math.min(measured * Math.max(1, room), byWindow);
  const limits = [
    second && room < 2 && `${second.service} is full then`,
    expected === byWindow && 'its rate window allows for no more',
    dailyQuota !== null && `its daily quota lets ${Math.floor((dailyQuota * items) / first.calls)} items a day through`,
  ].filter((limit) => typeof limit === 'string');
  if (expected < measured * WORTH_IT) {
    return known({
      ...base,
      ...advice,
      advice: undefined,
      cure: `More places for ${first.service} bring nothing: ${limits.join('; ')}.`,
    });
  }
  return known({
    ...base,
    ...advice,
    advice: { setting: `services.${first.service}.concurrency`, from: first.atOnce, to, itemsPerHour: expected },
    cure: `Set services.${first.service}.concurrency from ${first.atOnce} to ${to}: about ${rate(expected)} items an hour instead of ${rate(measured)}, if the service bears it${limits.length > 0 ? ` (${limits.join('; ')})` : ''}.`,
  });
}

const percent = (share: number): string => `${Math.round(Math.min(1, share) * 100)} %`;
const rate = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
