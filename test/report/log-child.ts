import { LogFiles } from '../../src/report/log/log-files.ts';

// A process of its own that writes into a log which others write at the same time.
const [, , folder = '', name = ''] = process.argv;
const files = new LogFiles({ folder, maxBytes: 30_000, maxFiles: 1000, now: Date.now });
for (let at = 0; at < 2000; at += 1) files.write(`${JSON.stringify({ name, at, fill: 'x'.repeat(at % 60) })}\n`);
files.close();
