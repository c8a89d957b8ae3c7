import { describe, expect, it } from 'vitest';
import { withFallback } from '../../src/adapters/with-fallback.ts';
import { EasyflipError, type ErrorCode } from '../../src/core/errors.ts';
import type { DescribeRequest, Describer } from '../../src/core/ports/index.ts';

const answers = (name: string): Describer => ({
  name,
  describe: async () => ({ provider: name, facts: {}, unknowns: {}, categoryQueries: [] }),
});
const fails = (name: string, code: ErrorCode): Describer => ({
  name,
  describe: async () => {
    throw new EasyflipError(code, `${name} failed.`, { hint: 'Wait.' });
  },
});
const request: DescribeRequest = { photos: [], texts: [], barcodes: [], nameWords: [], seller: {} };
const ask = (...describers: readonly Describer[]) =>
  withFallback(describers).describe(request, { signal: new AbortController().signal, priority: 0 });

describe('who looks when a provider fails', () => {
  it('is nobody else while the first answers', async () => {
    expect(await ask(answers('a'), fails('b', 'bug'))).not.toHaveProperty('insteadOf');
  });

  it.each(['provider.unavailable', 'provider.refused', 'provider.no-credit', 'provider.model-missing', 'breaker.open'] as const)(
    'is the next that answers after %s, and it says whom it stands in for',
    async (code) => {
      expect(await ask(fails('a', code), fails('b', 'provider.cut-off'), answers('c'))).toMatchObject({
        provider: 'c',
        insteadOf: { code, message: 'a failed.' },
      });
    },
  );

  it.each(['budget.exhausted', 'budget.item-exhausted', 'run.cancelled', 'store.full', 'photo.damaged'] as const)(
    'is nobody after %s: that is not the provider’s trouble',
    async (code) => {
      await expect(ask(fails('a', code), answers('b'))).rejects.toMatchObject({ code });
    },
  );

  it('tells the first one’s trouble when nobody answers', async () => {
    await expect(ask(fails('a', 'provider.auth'), fails('b', 'provider.timeout'))).rejects.toMatchObject({ code: 'provider.auth' });
  });
});
