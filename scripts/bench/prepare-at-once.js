// Prepares all photos named at the same time, in a process of its own, so that its peak of resident memory is theirs alone:
// `node prepare-at-once.js '{"modules":{…},"files":[…],"out":"…"}'` prints `{"peakMegabytes":…,"seconds":…}`.
import { existsSync, readFileSync } from 'node:fs';

const { modules, files, out } = JSON.parse(process.argv[2]);
const [{ preparePhoto }, { probePhoto }, { fileShape }] = await Promise.all(
  [modules.prepare, modules.probe, modules.shape].map((url) => import(url)),
);
const settings = fileShape.parse({}).photos;
const photos = await Promise.all(files.map(async (file) => (await probePhoto(file, settings)).photo));
const began = process.hrtime.bigint();
await Promise.all(photos.map((photo) => preparePhoto(photo, out, settings, new AbortController().signal)));
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
console.log(JSON.stringify({ peakMegabytes: Math.round(peakKilobytes() / 1024), seconds: Number(seconds.toFixed(2)) }));
// Threads at rest must not keep it.
process.exit(0);

/** On Linux `maxRSS` begins with what the process that started this one had; the kernel's high-water mark is this one's own. */
function peakKilobytes() {
  const status = '/proc/self/status';
  const mark = existsSync(status) ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8')) : null;
  return mark ? Number(mark[1]) : process.resourceUsage().maxRSS;
}
