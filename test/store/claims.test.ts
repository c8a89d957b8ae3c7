import { describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import type { Claim, Store } from '../../src/core/ports/store.ts';
import { hasEnded, thisProcess } from '../../src/store/process-identity.ts';
import { done, item } from './support/samples.ts';
import { movableClock, open, tempFile } from './support/world.ts';

const LEASE_MS = 30_000;
const shirt = item('shirt');

async function two(): Promise<{ a: Store; b: Store; clock: ReturnType<typeof movableClock> }> {
  const [file, clock] = [tempFile(), movableClock()];
  const [a, b] = [await open(file, clock), await open(file, clock)];
  await a.items.save(shirt, undefined);
  return { a, b, clock };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'fine',
    (error: unknown) => (error instanceof EasyflipError ? error.code : String(error)),
  );
}

function sure(claim: Claim | undefined): Claim {
  if (!claim) throw new Error('the item is claimed by another');
  return claim;
}

describe('claims', () => {
  it('tell all processes whose photos are in work, until they are given back or run out', async () => {
    const { a, b, clock } = await two();
    await a.items.save(item('shoe'), undefined);
    expect(await b.claims.photosInWork()).toEqual([]);
    const claim = sure(await a.claims.take(shirt.id, LEASE_MS));
    expect([...(await b.claims.photosInWork())].sort()).toEqual(shirt.photos.map(({ sha256 }) => sha256).sort());
    await a.claims.release(claim);
    expect(await b.claims.photosInWork()).toEqual([]);
    await a.claims.take(shirt.id, LEASE_MS);
    clock.ms += LEASE_MS + 1;
    expect(await b.claims.photosInWork()).toEqual([]);
  });

  it('keep another store out until they are released, and the token grows', async () => {
    const { a, b } = await two();
    const first = sure(await a.claims.take(shirt.id, LEASE_MS));
    expect(await b.claims.take(shirt.id, LEASE_MS)).toBeUndefined();
    await a.claims.release(first);
    const second = sure(await b.claims.take(shirt.id, LEASE_MS));
    expect(second.token).toBeGreaterThan(first.token);
    expect(await a.claims.take(shirt.id, LEASE_MS)).toBeUndefined();
  });

  it('run out without a heartbeat, and do not with one', async () => {
    const { a, b, clock } = await two();
    const claim = sure(await a.claims.take(shirt.id, LEASE_MS));
    clock.ms += LEASE_MS - 1;
    expect(await b.claims.take(shirt.id, LEASE_MS)).toBeUndefined();
    await a.claims.renew([claim], LEASE_MS);
    clock.ms += LEASE_MS - 1;
    expect(await b.claims.take(shirt.id, LEASE_MS)).toBeUndefined();
    clock.ms += 1;
    expect(await b.claims.take(shirt.id, LEASE_MS)).toBeDefined();
  });

  it('that ran out may still record while nobody else has taken the item', async () => {
    const { a, clock } = await two();
    const claim = sure(await a.claims.take(shirt.id, LEASE_MS));
    clock.ms += 10 * LEASE_MS;
    expect(await codeOf(a.outcomes.record(done(shirt, 'draft'), claim))).toBe('fine');
  });

  it('that are lost record nothing, and neither heartbeat nor release brings them back', async () => {
    const { a, b, clock } = await two();
    const old = sure(await a.claims.take(shirt.id, LEASE_MS));
    await a.outcomes.record({ ...done(shirt, 'draft'), fingerprint: 'before' }, old);
    clock.ms += LEASE_MS;
    const now = sure(await b.claims.take(shirt.id, LEASE_MS));

    expect(await codeOf(a.outcomes.record({ ...done(shirt, 'draft'), fingerprint: 'late' }, old))).toBe('claim.lost');
    await a.claims.renew([old], 100 * LEASE_MS);
    await a.claims.release(old);
    expect(await codeOf(a.outcomes.record(done(shirt, 'draft'), old))).toBe('claim.lost');
    expect((await b.outcomes.ofItem(shirt.id)).map(({ fingerprint }) => fingerprint)).toEqual(['before']);
    expect(await a.claims.take(shirt.id, LEASE_MS)).toBeUndefined();
    expect(await codeOf(b.outcomes.record(done(shirt, 'draft'), now))).toBe('fine');
    clock.ms += LEASE_MS;
    expect(await a.claims.take(shirt.id, LEASE_MS)).toBeDefined();
  });

  it('that were released, or belong to another item, record nothing', async () => {
    const { a } = await two();
    const boots = item('boots');
    await a.items.save(boots, undefined);
    const [claim, other] = [sure(await a.claims.take(shirt.id, LEASE_MS)), sure(await a.claims.take(boots.id, LEASE_MS))];
    expect(await codeOf(a.outcomes.record(done(shirt, 'draft'), other))).toBe('claim.lost');
    await a.claims.release(claim);
    expect(await codeOf(a.outcomes.record(done(shirt, 'draft'), claim))).toBe('claim.lost');
    expect(await a.outcomes.ofItem(shirt.id)).toEqual([]);
  });

  it('of one store may be taken anew by it; the older one is lost', async () => {
    const { a } = await two();
    const older = sure(await a.claims.take(shirt.id, LEASE_MS));
    const newer = sure(await a.claims.take(shirt.id, LEASE_MS));
    expect(newer.token).toBe(older.token + 1);
    expect(await codeOf(a.outcomes.record(done(shirt, 'draft'), older))).toBe('claim.lost');
    expect(await codeOf(a.outcomes.record(done(shirt, 'draft'), newer))).toBe('fine');
  });

  it('are given back when their store closes', async () => {
    const { a, b } = await two();
    const claim = sure(await a.claims.take(shirt.id, LEASE_MS));
    await a.close();
    expect((await b.claims.take(shirt.id, LEASE_MS))?.token).toBe(claim.token + 1);
  });
});

describe('whether a process has ended', () => {
  const here = thisProcess();
  /** Larger than any process number that Linux, macOS or Windows hand out in practice. */
  const NOBODY = 2 ** 30;

  it.each([
    ['this one', {}, false],
    ['a number that nobody has', { pid: NOBODY }, true],
    ['this number, started at another time', { startedAt: '1' }, here.startedAt !== undefined],
    ['this number before the machine was started anew', { boot: 'another' }, !here.boot.startsWith('approximately:')],
    ['one on another machine', { host: 'elsewhere', boot: 'another', pid: NOBODY }, false],
    ['one in another container on this machine', { pidSpace: 'pid:[1]', pid: NOBODY }, false],
    ['one whose boot time is only computed, and that nobody has', { boot: 'approximately:1', pid: NOBODY }, true],
    ['one whose boot time is only computed, and that runs', { boot: 'approximately:1' }, false],
    ['one on another machine with a computed boot time', { host: 'elsewhere', boot: 'approximately:1', pid: NOBODY }, false],
  ] as const)('%s', (_, difference, ended) => {
    expect(hasEnded({ ...here, ...difference }, here)).toBe(ended);
  });

  it('is told by a boot id, a process number and a start time where the system knows them', () => {
    expect(here.pid).toBe(process.pid);
    if (process.platform === 'linux')
      expect([here.boot, here.startedAt, here.pidSpace]).toEqual([
        expect.stringMatching(/^[\da-f-]{36}$/),
        expect.stringMatching(/^\d+$/),
        expect.stringMatching(/^pid:\[\d+\]$/),
      ]);
  });
});
