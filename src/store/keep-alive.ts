import type { Database } from 'better-sqlite3';

interface Native {
  prepare(...args: unknown[]): { iterate(...args: unknown[]): unknown };
  backup(...args: unknown[]): unknown;
}

/** For the life of the process; few, for statements are prepared once. */
const alive: unknown[] = [];

/**
 * Keeps a database, its statements, iterators and backups from being collected as garbage. Built from source against
 * the headers of Node.js 24.21, better-sqlite3's objects abort the process when they are collected: the base class
 * from those headers asks for an environment that does not exist at that moment.
 */
export function keepAlive(db: Database): Database {
  alive.push(db);
  const natives = Object.getOwnPropertySymbols(db).map((symbol) => (db as unknown as Record<symbol, unknown>)[symbol]);
  const native = natives.find((one): one is Native => typeof (one as Partial<Native> | undefined)?.prepare === 'function');
  if (!native) return db;
  const prepare = native.prepare.bind(native);
  const backup = native.backup.bind(native);
  native.backup = (...args) => {
    const running = backup(...args);
    alive.push(running);
    return running;
  };
  native.prepare = (...args) => {
    const statement = prepare(...args);
    alive.push(native, statement);
    const iterate = statement.iterate.bind(statement);
    statement.iterate = (...values) => {
      const iterator = iterate(...values);
      alive.push(iterator);
      return iterator;
    };
    return statement;
  };
  return db;
}
