import { resolve } from 'node:path';
import { type EasyflipError, isEasyflipError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { Figures } from '../../core/figures.ts';
import type { MetricsEndpoint } from '../../metrics/endpoint.ts';
import type { App } from '../app.ts';
import { figuresOf } from './figures.ts';

/** A look at many thousand items takes its time: answers may be so old. */
const FRESH_MS = 5_000;

/** The file for node_exporter, where one is set. That it cannot be written is told, and changes nothing else. */
export async function writeMetrics({ settings }: Pick<App, 'settings'>, figures: Figures, emit: Emit): Promise<void> {
  const { textfile } = settings.metrics;
  if (textfile === null) return;
  const [{ prometheusText }, { writeTextfile }] = await Promise.all([
    import('../../metrics/prometheus-text.ts'),
    import('../../metrics/textfile.ts'),
  ]);
  try {
    await writeTextfile(resolve(textfile), await prometheusText(figures));
  } catch (error) {
    if (!isEasyflipError(error)) throw error;
    emit({ type: 'run.notice', message: sentence(error) });
  }
}

/** Where a port is set: answers Prometheus while the program lives. Errors: `metrics.port-taken`. */
export async function serveMetrics(app: App): Promise<MetricsEndpoint | undefined> {
  const { port } = app.settings.metrics;
  if (port === null) return undefined;
  const [{ prometheusText }, { startEndpoint }] = await Promise.all([
    import('../../metrics/prometheus-text.ts'),
    import('../../metrics/endpoint.ts'),
  ]);
  let known: { readonly atMs: number; readonly text: Promise<string> } | undefined;
  return await startEndpoint(port, () => {
    const now = app.clock.now();
    if (known === undefined || Math.abs(now - known.atMs) >= FRESH_MS) {
      const text = figuresOf(app).then(prometheusText);
      known = { atMs: now, text };
      // What failed is asked anew.
      text.catch(() => {
        known = undefined;
      });
    }
    return known.text;
  });
}

const sentence = ({ message, hint }: EasyflipError): string => `${message} ${hint}`;
