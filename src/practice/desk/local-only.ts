import type { IncomingHttpHeaders } from 'node:http';

/** The Host header names this machine by a loopback name, with any port. */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}

/** No Origin (a program), or the server's own pages. A foreign page must not sell, reset or stop anything. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  if (headers['sec-fetch-site'] === 'cross-site') return false;
  return origin === undefined || origin.toLowerCase() === `http://${host ?? ''}`.toLowerCase();
}
