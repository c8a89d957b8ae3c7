import { openAiCredentials, visionCredentials } from '../../config/secrets.ts';
import type { App } from '../app.ts';
import { type Check, fail, pass, skip, warn } from './finding.ts';

/** A machine that is minutes off signs and expires tokens wrongly. */
const SKEW_WARN_MS = 2 * 60_000;
const SKEW_FAIL_MS = 10 * 60_000;

/** Other services and the clock. Keys are looked at, not tried: a try costs money. */
export const serviceChecks = ({ env, clock }: App, address: string): readonly Check[] => [
  {
    name: 'clock',
    look: async () => {
      const began = clock.now();
      const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
      const told = Date.parse(answer?.headers.get('date') ?? '');
      if (Number.isNaN(told)) return skip(`${new URL(address).host} did not tell the time`);
      // The header has whole seconds, and the answer was on its way.
      const off = Math.abs(told - (began + clock.now()) / 2);
      const text = `${Math.round(off / 1000)} s off`;
      if (off > SKEW_FAIL_MS) return fail(`This machine's clock is ${text}.`, 'Set it right, best by network time.');
      return off > SKEW_WARN_MS ? warn(`This machine's clock is ${text}.`, 'Set it right, best by network time.') : pass('right');
    },
  },
  {
    name: 'OpenAI',
    look: async () => {
      const found = openAiCredentials(env);
      if (!found) return skip('OPENAI_API_KEY is not set; the local provider is used');
      return found.baseUrl || /^sk-[\w-]{16,}$/.test(found.apiKey)
        ? pass(`key …${found.apiKey.slice(-4)}`)
        : warn('OPENAI_API_KEY does not look like a key of OpenAI.', 'Copy it again from platform.openai.com.');
    },
  },
  {
    name: 'Google Vision',
    look: async () => (visionCredentials(env) ? pass('configured') : skip('not configured; text is read on this machine')),
  },
];
