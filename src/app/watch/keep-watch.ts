import type { Emit } from '../../core/events.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import { watchOver } from '../alerts/watch-over.ts';
import type { App } from '../app.ts';
import { serveMetrics } from '../metrics/publish.ts';

/** Between runs too: a service that stays down, and a backlog that grows, are told while nothing ends. */
const LOOK_EVERY_MS = 60_000;

/** Metrics and alerts while a watch lives. Errors: `metrics.port-taken`. */
export async function keepWatch(app: App, emit: Emit, control: RunControl): Promise<{ end(): Promise<void> }> {
  const endpoint = await serveMetrics(app);
  if (endpoint) emit({ type: 'run.notice', message: `Prometheus finds the metrics at ${endpoint.url}.` });
  let looking: Promise<void> | undefined;
  const look = (): void => {
    looking ??= watchOver(app, { emit, signal: control.hard }).finally(() => {
      looking = undefined;
    });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    async end() {
      clearInterval(timer);
      await Promise.all([looking, endpoint?.close()]);
    },
  };
}
