import type { Figures } from '../core/figures.ts';
import { METRICS } from './catalogue.ts';

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** The figures as Prometheus reads them (text format 0.0.4). A metric without a sample is left out. */
export async function prometheusText(figures: Figures): Promise<string> {
  const { AggregatorRegistry } = await import('prom-client');
  // What other processes summed up already is handed over as prom-client's cluster mode does it, for its own objects only count up.
  const told = METRICS.map(({ name, type, help, samples }) => ({
    name,
    type,
    help,
    aggregator: 'sum',
    values: samples(figures).map(({ part, labels, value }) => ({ metricName: `${name}${part ?? ''}`, labels, value })),
  }));
  return await AggregatorRegistry.aggregate([told.filter(({ values }) => values.length > 0)]).metrics();
}
