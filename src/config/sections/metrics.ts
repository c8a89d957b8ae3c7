import * as z from 'zod';

export const metrics = z
  .strictObject({
    textfile: z
      .string()
      .regex(/[^/\\]\.prom$/)
      .nullable()
      .default(null)
      .describe("A file (*.prom) for node_exporter's textfile collector, written after each run and during `watch`."),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .nullable()
      .default(null)
      .describe('`watch` answers Prometheus at http://127.0.0.1:PORT/metrics, for this machine only; 0: any free port.'),
  })
  .prefault({})
  .describe('Figures for Prometheus.');
