import type { Emit } from '../core/events.ts';
import type { Call, CallAllowance, Marketplace, Store } from '../core/ports/index.ts';

/** Told by events of this run: a service refused calls as too many. */
export interface QuotaWatch {
  readonly emit: Emit;
  readonly wasRefused: () => boolean;
}

export function watchQuotas(emit: Emit): QuotaWatch {
  let refused = false;
  return {
    emit: (event) => {
      if (event.type === 'call.finished' && (event.code === 'provider.rate-limited' || event.code === 'provider.quota-exhausted'))
        refused = true;
      emit(event);
    },
    wasRefused: () => refused,
  };
}

/**
 * Asks the marketplace how many calls are left and remembers it for `status`. For what it is worth: a marketplace that does not
 * tell changes nothing.
 */
export async function learnAllowances(
  { services }: Pick<Store, 'services'>,
  { account }: Pick<Marketplace, 'account'>,
  nowMs: number,
  call: Call,
): Promise<void> {
  const told = await account.allowances(call).catch(() => undefined);
  if (told) await keepAllowances(services, told, nowMs);
}

export const keepAllowances = (services: Store['services'], told: readonly CallAllowance[], nowMs: number): Promise<void> =>
  services.keepAllowances(told, new Date(nowMs).toISOString());
