// Loaded into the program by NODE_OPTIONS=--require: counts everything that a kill could fall between, writes it down,
// and kills the program at the moment it is told to. The program itself knows nothing of it.
//
// A moment is `side name nth`: `before` or `after` the nth event of that name. Events are committed writes to the store
// (before: all statements done, not committed), requests (before: nothing has left; after: the answer is here, nobody
// has seen it) and files that were moved into place.
const { isMainThread } = require('node:worker_threads');
const fs = require('node:fs');

if (isMainThread && process.env.EASYFLIP_FUSE && /easyflip\.js$/.test(process.argv[1] ?? '')) lay(JSON.parse(process.env.EASYFLIP_FUSE));

function lay({ trace, at, pid }) {
  const counts = new Map();
  const file = fs.openSync(trace, 'a');

  function pass(side, name) {
    const key = `${side} ${name}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const moment = `${key} ${nth}`;
    fs.writeSync(file, `${moment}\n`);
    if (moment !== at) return;
    process.kill(pid ?? process.pid, 'SIGKILL');
    // The signal reaches this thread when it next enters the kernel; nothing else may happen before.
    if (pid === undefined) for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }

  watchStore(pass);
  watchRequests(pass);
  watchFiles(pass);
}

function watchStore(pass) {
  const Database = require('better-sqlite3');
  const { prepare, transaction, exec } = Database.prototype;
  let statements = [];
  let stage = '';

  function note(statement, args) {
    const said = /^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)/.exec(statement.source);
    if (!said) return;
    const [, verb, table] = said;
    if (table === 'outcomes' && args[0]?.stage) stage = args[0].stage;
    const isAnswer = table === 'journal' && statement.source.includes('scope, sent_at, answered_at');
    statements.push(isAnswer ? 'answer journal' : `${verb.split(' ')[0].toLowerCase()} ${table}`);
  }

  let watched = false;
  Database.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    if (!watched) {
      watched = true;
      const prototype = Object.getPrototypeOf(statement);
      for (const method of ['run', 'get', 'all']) {
        const plain = prototype[method];
        prototype[method] = function (...args) {
          note(this, args);
          return plain.apply(this, args);
        };
      }
    }
    return statement;
  };

  Database.prototype.transaction = function (work) {
    let name = '';
    const seen = transaction.call(this, (...args) => {
      statements = [];
      const result = work(...args);
      const kinds = [...new Set(statements)];
      name = kinds.length === 0 ? '' : `write (${kinds.join(', ')}) ${stage}`;
      if (name !== '') pass('before', name);
      return result;
    });
    const told = (variant) => (...args) => {
      name = '';
      const result = variant(...args);
      if (name !== '') pass('after', name);
      return result;
    };
    return Object.assign(told(seen), { deferred: told(seen.deferred), immediate: told(seen.immediate), exclusive: told(seen.exclusive) });
  };

  Database.prototype.exec = function (sql) {
    if (/^\s*(CREATE|ALTER|DROP)/i.test(sql)) pass('before', 'schema change');
    const result = exec.call(this, sql);
    if (/^\s*(CREATE|ALTER|DROP)/i.test(sql)) pass('after', 'schema change');
    return result;
  };
}

function watchRequests(pass) {
  const { subscribe } = require('node:diagnostics_channel');
  const named = (method, path) => `${method} ${path.replace(/\?.*/, '').replace(/EF[0-9A-Z]{13}|\w*EF[0-9A-Z]{13}|\d{6,}/g, '*')}`;
  subscribe('http.client.request.start', ({ request }) => pass('before', named(request.method, request.path)));
  subscribe('http.client.response.finish', ({ request }) => pass('after', named(request.method, request.path)));
  subscribe('undici:request:create', ({ request }) => pass('before', named(request.method, request.path)));
  subscribe('undici:request:trailers', ({ request }) => pass('after', named(request.method, request.path)));
}

/** Pictures and sheets are written beside and moved into place. */
function watchFiles(pass) {
  const { promises } = fs;
  const { rename } = promises;
  promises.rename = async (from, to) => {
    const name = `file ${String(to).replace(/^.*\//, '').replace(/[0-9a-f]{16,}/g, '*')}`;
    pass('before', name);
    await rename.call(promises, from, to);
    pass('after', name);
  };
}
