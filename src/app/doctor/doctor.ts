import { EasyflipError } from '../../core/errors.ts';
import { SITES } from '../../core/site.ts';
import type { Finding } from '../../report/doctor.ts';
import type { App } from '../app.ts';
import { EXIT } from '../exit-code.ts';
import { marketplaceAddress, wireMarketplace } from '../wire-run.ts';
import { ebayChecks, loginChecks } from './account.ts';
import { lookAt } from './finding.ts';
import { machineChecks } from './machine.ts';
import { serviceChecks } from './services.ts';
import { storeChecks } from './store.ts';

/** Looks at everything a listing needs, changes nothing, and tells what to mend. Never throws for what it finds. */
export async function doctor(
  app: App,
  { configFile, signal }: { readonly configFile: string | undefined; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  const group = `eBay ${app.settings.environment}`;
  const [machine, store, login, ebay, services] = await Promise.all([
    lookAt('This machine', machineChecks(app, configFile)),
    lookAt('easyflip', storeChecks(app)),
    lookAt('Login', loginChecks(app)),
    askEbay(app, group, signal),
    webAddress(app).then((address) => lookAt('Services', serviceChecks(app, address))),
  ]);
  return [machine, store, login, ebay, services].flat();
}

async function askEbay(app: App, group: string, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    const { marketplace, close } = await wireMarketplace(app, () => {});
    try {
      return await lookAt(group, ebayChecks(app, marketplace, { signal, priority: 0 }));
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof EasyflipError)) throw error;
    return [{ group, name: 'connection', health: 'fail', detail: error.message, fix: error.hint }];
  }
}

async function webAddress(app: App): Promise<string> {
  const practice = await marketplaceAddress(app).catch(() => undefined);
  const { host } = SITES[app.settings.marketplace];
  return practice ?? (app.settings.environment === 'sandbox' ? `https://www.sandbox.${host}` : `https://www.${host}`);
}

/** All well: 0. Ready, with something to look at: 3. Something must be mended: 2. */
export function doctorExitCode(findings: readonly Finding[]): number {
  const any = (wanted: Finding['health']): boolean => findings.some(({ health }) => health === wanted);
  if (any('fail')) return EXIT.usage;
  return any('warn') ? EXIT.someFailed : EXIT.ok;
}
