// Loaded into the program and the practice marketplace by NODE_OPTIONS=--require: their time goes faster, is off, and
// jumps, as the clocks of a sleepy laptop do. Neither knows of it. All processes with the same `baseMs` agree on the time.
//
// EASYFLIP_CLOCK: { baseMs, speed, offsetMs, jumps: [{ afterMs, byMs }] }. `speed` holds for clocks, timers and pauses alike, so
// that a blackout of a minute and a time limit of half a minute are both that much shorter. `afterMs` counts from `baseMs` in
// the fast time. What only measures (performance.now) goes faster too, and never jumps.
const { isMainThread } = require('node:worker_threads');

if (isMainThread && process.env.EASYFLIP_CLOCK) set(JSON.parse(process.env.EASYFLIP_CLOCK));

function set({ baseMs, speed = 1, offsetMs = 0, jumps = [] }) {
  const trueNow = Date.now;
  const now = () => {
    const fastMs = (trueNow() - baseMs) * speed;
    const jumpedMs = jumps.reduce((sum, { afterMs, byMs }) => (fastMs >= afterMs ? sum + byMs : sum), 0);
    return Math.floor(baseMs + fastMs + offsetMs + jumpedMs);
  };
  const plain = Date;
  plain.now = now;
  globalThis.Date = new Proxy(plain, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self === globalThis.Date ? target : self),
    apply: () => new plain(now()).toString(),
  });

  const measured = performance.now.bind(performance);
  performance.now = () => measured() * speed;

  const timers = require('node:timers');
  const promises = require('node:timers/promises');
  const shorter = (ms) => (typeof ms === 'number' ? ms / speed : ms);
  for (const name of ['setTimeout', 'setInterval']) {
    const whole = timers[name];
    const fast = Object.assign((work, ms, ...rest) => whole(work, shorter(ms), ...rest), whole);
    timers[name] = fast;
    globalThis[name] = fast;
    const promised = promises[name];
    promises[name] = (ms, ...rest) => promised(shorter(ms), ...rest);
  }
  require('node:module').syncBuiltinESMExports();
}
