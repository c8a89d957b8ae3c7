import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';

/** Enough to tell a process from every other one, also from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly host: string;
  /** Differs after every start of the machine. `approximately:SECONDS` where the system has no id for it. */
  readonly boot: string;
  /** Linux containers on one machine share `boot` but not their process numbers; empty elsewhere. */
  readonly pidSpace: string;
  readonly pid: number;
  /** As the system tells it; undefined where it does not. */
  readonly startedAt?: string;
}

const APPROXIMATELY = 'approximately:';
const ASK_TIMEOUT_MS = 5_000;

export function thisProcess(): ProcessIdentity {
  const startedAt = lifeOf(process.pid).startedAt;
  return {
    host: hostname(),
    boot: bootId(),
    pidSpace: pidSpace(),
    pid: process.pid,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

/**
 * True only when it is certain that the process has ended: same machine, and either the machine was
 * started anew or no process has this number and start time. A zombie has ended. In doubt: false,
 * then only the lease decides.
 */
export function hasEnded(other: ProcessIdentity, here: ProcessIdentity): boolean {
  if (other.pidSpace !== here.pidSpace) return false;
  // A computed time of boot proves nothing: clocks are corrected, machines are started together.
  const provable = !other.boot.startsWith(APPROXIMATELY) && !here.boot.startsWith(APPROXIMATELY);
  const sameBoot = provable && other.boot === here.boot;
  if (!sameBoot && other.host !== here.host) return false;
  if (provable && !sameBoot) return true;
  if (!isRunning(other.pid)) return true;
  const life = lifeOf(other.pid);
  if (life.zombie) return true;
  return other.startedAt !== undefined && life.startedAt !== undefined && other.startedAt !== life.startedAt;
}

/** Signal 0 asks only; EPERM means that it runs under another user. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function lifeOf(pid: number): { readonly startedAt?: string; readonly zombie: boolean } {
  if (process.platform === 'linux') {
    const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (stat === undefined) return { zombie: false };
    // proc(5): the name in brackets may hold spaces; after it come state (3rd field) … start time (22nd).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startedAt = fields[19];
    return { zombie: fields[0] === 'Z' || fields[0] === 'X', ...(startedAt === undefined ? {} : { startedAt }) };
  }
  if (process.platform === 'win32') return { zombie: false };
  const line = ask('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  const match = /^(\S+)\s+(.+)$/.exec(line ?? '');
  return match?.[1] && match[2] ? { zombie: match[1].startsWith('Z'), startedAt: match[2].trim() } : { zombie: false };
}

function bootId(): string {
  const id =
    process.platform === 'linux'
      ? attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
      : process.platform === 'darwin'
        ? ask('sysctl', ['-n', 'kern.bootsessionuuid'])
        : undefined;
  return id || `${APPROXIMATELY}${Math.round(Date.now() / 1000 - uptime())}`;
}

const pidSpace = (): string => (process.platform === 'linux' ? (attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '') : '');

/** Fixed zone and language: the answer is compared with one that another process got. */
const ask = (command: string, args: readonly string[]): string | undefined =>
  attempt(() =>
    execFileSync(command, args, {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: ASK_TIMEOUT_MS,
    }).trim(),
  );

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
