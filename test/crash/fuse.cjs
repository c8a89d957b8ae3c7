// Loaded into a program by NODE_OPTIONS=--require: counts everything that a kill could fall between, writes it down,
// and kills the program at the moment it is told to. The program itself knows nothing of it.
//
// A moment is `side name nth`: `before` or `after` the nth event of that name. Events of easyflip are committed writes to
// the store (before: all statements done, not committed), requests (before: nothing has left; after: the answer is here,
// nobody has seen it), copies of the database, files that were moved into place, and changes that the system tells a watch of. Events of the practice marketplace are
// the works of its calls (before: done, not committed; after: committed, nobody was told).
const { syncBuiltinESMExports } = require('node:module');
const { basename } = require('node:path');
const { isMainThread } = require('node:worker_threads');
const fs = require('node:fs');

function lay({ program, trace, at }) {
  const counts = new Map();
  const file = fs.openSync(trace, 'a');

  function pass(side, name) {
    const key = `${side} ${name}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const moment = `${key} ${nth}`;
    fs.writeSync(file, `${moment}\n`);
    if (moment !== at) return;
    process.kill(process.pid, 'SIGKILL');
    // The signal reaches this thread when it next enters the kernel; nothing else may happen before.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }

  if (program === 'practice-server.js') return watchTransactions(pass, workOf);
  watchTransactions(pass, storeWrites());
  watchSchema(pass);
  watchCopies(pass);
  watchRequests(pass);
  watchFiles(pass);
  watchChanges(pass);
  syncBuiltinESMExports();
}

const named = (method, path) => `${method} ${path.replace(/\?.*/, '').replace(/EF[0-9A-Z]{13}|\w*EF[0-9A-Z]{13}|\d{6,}/g, '*')}`;

/** Work and journal of a call are one transaction there; the journal's line says which call it is. */
const workOf = {
  note: ({ source }, [, , , method, , path]) => (source.includes('INTO journal') ? named(method, path) : undefined),
  name: ([call]) => `work ${call}`,
};

/** `write (insert outcomes, insert outputs) upload`: the tables, and the stage that was last recorded; of an answer, what it is to. */
function storeWrites() {
  let stage = '';
  return {
    note({ source }, args) {
      const [, verb, table] = /^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)/.exec(source) ?? [];
      if (table === undefined) return undefined;
      if (table === 'outcomes' && args[0]?.stage) stage = args[0].stage;
      const isAnswer = table === 'journal' && source.includes('scope, sent_at, answered_at');
      return isAnswer ? `answer journal ${/^(openai|ebay:[a-z-]+)?/.exec(args[0]?.key ?? '')[0]}` : `${verb.split(' ')[0].toLowerCase()} ${table}`;
    },
    name: (kinds) => `write (${kinds.join(', ')}) ${stage}`,
  };
}

function watchTransactions(pass, { note, name: nameOf }) {
  const Database = require('better-sqlite3');
  const { prepare, transaction } = Database.prototype;
  let statements = [];
  let watched = false;
  Database.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    if (!watched) {
      watched = true;
      const prototype = Object.getPrototypeOf(statement);
      for (const method of ['run', 'get', 'all']) {
        const plain = prototype[method];
        prototype[method] = function (...args) {
          const said = note(this, args);
          if (said !== undefined) statements.push(said);
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
      name = kinds.length === 0 ? '' : nameOf(kinds);
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
}

function watchSchema(pass) {
  const Database = require('better-sqlite3');
  const { exec } = Database.prototype;
  Database.prototype.exec = function (sql) {
    const [step] = /\b(CREATE|ALTER|DROP) (TABLE|INDEX) \w+/i.exec(sql) ?? [];
    if (step) pass('before', step);
    const result = exec.call(this, sql);
    if (step) pass('after', step);
    return result;
  };
}

function watchCopies(pass) {
  const Database = require('better-sqlite3');
  const { backup } = Database.prototype;
  Database.prototype.backup = async function (...args) {
    pass('before', 'copy of the database');
    const result = await backup.apply(this, args);
    pass('after', 'copy of the database');
    return result;
  };
}

function watchRequests(pass) {
  const { subscribe } = require('node:diagnostics_channel');
  subscribe('http.client.request.start', ({ request }) => pass('before', named(request.method, request.path)));
  subscribe('http.client.response.finish', ({ request }) => pass('after', named(request.method, request.path)));
  subscribe('undici:request:create', ({ request }) => pass('before', named(request.method, request.path)));
  subscribe('undici:request:trailers', ({ request }) => pass('after', named(request.method, request.path)));
}

/** Pictures, sheets and backups are written beside and moved into place. */
function watchFiles(pass) {
  const { promises, renameSync } = fs;
  const { rename } = promises;
  const nameOf = (to) => `file ${basename(String(to)).replace(/[0-9a-f]{16,}|\d{4}-\d{2}-\d{2}T[\d-]+Z|(?<=\.restoring-)\d+/g, '*')}`;
  promises.rename = async (from, to) => {
    pass('before', nameOf(to));
    await rename.call(promises, from, to);
    pass('after', nameOf(to));
  };
  fs.renameSync = (from, to) => {
    pass('before', nameOf(to));
    renameSync(from, to);
    pass('after', nameOf(to));
  };
}

/** What a watched folder's system tells: the watch is waiting for it to be still. */
function watchChanges(pass) {
  const { watch } = fs;
  fs.watch = (path, options, listener) =>
    watch(path, options, (event, name) => {
      pass('before', `change ${event}`);
      listener(event, name);
      pass('after', `change ${event}`);
    });
}

const fuse = JSON.parse(process.env.EASYFLIP_FUSE ?? 'null');
if (isMainThread && fuse && basename(process.argv[1] ?? '') === fuse.program) lay(fuse);
