// Loaded beside the program (`node --require`): writes what it took to the file that BENCH_USAGE names, when it ends.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');

const { Socket } = require('node:net');

/** Bytes by the port they went to; each call has a connection of its own, which is closed after it. */
const sent = {};
const ports = new WeakMap();
const { connect, _destroy: destroy } = Socket.prototype;
// The port is asked for at the beginning: when the other side has closed, nobody knows it any more.
Socket.prototype.connect = function (...args) {
  const [options] = [args].flat(2);
  ports.set(this, options?.port ?? options);
  return connect.apply(this, args);
};
Socket.prototype._destroy = function (...args) {
  const port = ports.get(this);
  if (port !== undefined) sent[port] = (sent[port] ?? 0) + this.bytesWritten;
  return destroy.apply(this, args);
};

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // On Linux `maxRSS` begins with what the process that started this one had; the kernel's high-water mark is this one's own.
  const status = '/proc/self/status';
  const mark = existsSync(status) ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8')) : null;
  const peakKilobytes = mark ? Number(mark[1]) : maxRSS;
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakKilobytes, sent }));
});
