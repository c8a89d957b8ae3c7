import { checkOpenAi } from '../../adapters/registry.ts';
import { openAiCredentials, visionCredentials } from '../../config/secrets.ts';
import { isEasyflipError } from '../../core/errors.ts';
import type { App } from '../app.ts';
import { type Check, fail, pass, skip, warn } from './finding.ts';

/** A machine that is minutes off signs and expires tokens wrongly. */
const SKEW_WARN_MS = 2 * 60_000;
const SKEW_FAIL_MS = 10 * 60_000;

/** Other services and the clock. A key is tried where that costs nothing. */
export const serviceChecks = ({ env, clock, settings }: App, address: string): readonly Check[] => [
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
      // What is no key at all is not sent anywhere.
      if (!found.baseUrl && !/^sk-[\w-]{16,}$/.test(found.apiKey))
        return warn('OPENAI_API_KEY does not look like a key of OpenAI.', 'Copy it again from platform.openai.com.');
      const { model } = settings.analysis;
      try {
        await checkOpenAi(found, model, { signal: AbortSignal.timeout(10_000), env, nowMs: clock.now() });
      } catch (error) {
        if (!isEasyflipError(error)) throw error;
        // A compatible service need not tell of its models; a key that is refused there will be refused in a run.
        return error.code === 'provider.auth' ? fail(error.message, error.hint) : warn(error.message, error.hint);
      }
      return priced(model, settings) ?? pass(`key …${found.apiKey.slice(-4)} opens ${model}`);
    },
  },
  {
    name: 'Google Vision',
    look: async () => (visionCredentials(env) ? pass('configured') : skip('not configured; text is read on this machine')),
  },
];

/** Without a price no limit on costs can be kept. */
function priced(model: string, { models }: App['settings']): Awaited<ReturnType<Check['look']>> | undefined {
  if (models.prices[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')] ?? models.prices[model]) return undefined;
  return warn(`What ${model} costs is not in the settings.`, 'Add its price to models.prices; without it --max-cost is refused.');
}
