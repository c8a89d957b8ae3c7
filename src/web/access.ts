import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A viewer sees everything and changes nothing. */
export type Role = 'viewer' | 'approver';

export interface Access {
  /** For the links: the approver's opens one session, the viewer's as many as wanted. */
  readonly tokens: Readonly<Record<Role, string>>;
  /** The cookie that a token brings; undefined: it is none, or was used already. */
  redeem(token: string): string | undefined;
  roleOf(cookies: string | undefined): Role | undefined;
  /** `Set-Cookie` for a session. */
  cookie(session: string, path: string): string;
}

const COOKIE = 'easyflip_review';
/** Viewers beyond that push the oldest out: a loop of openings must not fill the memory. */
const SESSIONS_MAX = 100;

/** Who may look and who may decide, for one run of the program. Nothing of it is written anywhere. */
export function createAccess(): Access {
  const tokens: Readonly<Record<Role, string>> = { approver: secret(), viewer: secret() };
  const sessions = new Map<string, Role>();
  let used = false;
  return {
    tokens,
    redeem(token) {
      const role = (['approver', 'viewer'] as const).find((one) => isSame(token, tokens[one]));
      if (role === undefined || (role === 'approver' && used)) return undefined;
      if (role === 'approver') used = true;
      const session = secret();
      sessions.set(digest(session), role);
      const oldest = [...sessions].find(([, one]) => one === 'viewer');
      if (sessions.size > SESSIONS_MAX && oldest) sessions.delete(oldest[0]);
      return session;
    },
    roleOf(cookies = '') {
      for (const part of cookies.split(';')) {
        const [name, value = ''] = part.trim().split('=');
        const role = name === COOKIE ? sessions.get(digest(value)) : undefined;
        if (role) return role;
      }
      return undefined;
    },
    cookie: (session, path) => `${COOKIE}=${session}; Path=${path}; HttpOnly; SameSite=Strict`,
  };
}

/** 256 bits, fit for an address. */
export const secret = (bytes = 32): string => randomBytes(bytes).toString('base64url');

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** In the same time, whatever is wrong with it. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));
