import { SERVICES } from '../core/settings.ts';
import type { ServicesView } from '../report/services.ts';
import { pacificDay } from '../resilience/limiter.ts';
import type { App } from './app.ts';

/** How the services fare, as far as this database knows; nothing outside is asked. */
export async function servicesView({ store, settings, clock }: Pick<App, 'store' | 'settings' | 'clock'>): Promise<ServicesView> {
  const [breakers, calls, allowances, paused] = await Promise.all([
    store.services.breakers(),
    store.services.callsOf(pacificDay(clock.now())),
    store.services.allowances(),
    store.pauses.pauses(),
  ]);
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    services: SERVICES.flatMap((service) => {
      const open = breakers.get(service);
      const callsToday = calls.get(service) ?? 0;
      if (open === undefined && callsToday === 0) return [];
      const breaker = open ? { since: iso(open.sinceMs), probeAt: iso(open.probeAtMs) } : null;
      return [{ service, breaker, callsToday, dailyQuota: settings.services[service].dailyQuota }];
    }),
    allowances,
    paused,
  };
}
