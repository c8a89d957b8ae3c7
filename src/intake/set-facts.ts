import { EasyflipError, ProblemsError } from '../core/errors.ts';
import type { Currency } from '../core/money.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import { nearestKey } from './nearest-key.ts';
import { parseSidecar } from './sidecar.ts';
import { SIDECAR_KEYS } from './sidecar-shape.ts';

/**
 * `--set size=M --set "US Shoe Size=8"`: a sidecar key sets that fact, any other name an item specific;
 * the same specific twice makes a list. Checked as a sidecar is. Errors: `usage.invalid`.
 */
export async function sellerFactsFrom(pairs: readonly string[], currency: Currency): Promise<SellerFacts> {
  const facts: Record<string, unknown> = {};
  const aspects = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 1 || value === '' || value === '…') {
      throw new EasyflipError('usage.invalid', `--set takes NAME=VALUE, not "${pair}".`, {
        hint: 'For example `--set size=M` or `--set "US Shoe Size=8"`.',
      });
    }
    refuseSlip(name);
    const aspect = /^aspects\.(.+)$/.exec(name)?.[1] ?? (KEYS.has(name) ? undefined : name);
    if (aspect === undefined) facts[name] = LISTS.has(name) ? value.split(/\s*;\s*/) : value;
    else aspects.set(aspect, [...(aspects.get(aspect) ?? []), value]);
  }
  const said = JSON.stringify({ ...facts, ...(aspects.size > 0 ? { aspects: Object.fromEntries(aspects) } : {}) });
  const { facts: checked, problems } = await parseSidecar(AS_FILE, said, currency);
  if (problems.length === 0) return checked;
  const named = problems.map((problem) => problem.replace(`${AS_FILE}: `, '--set '));
  throw new ProblemsError('usage.invalid', 'What was given with --set cannot be used.', named, {
    hint: 'Correct it and run the command again.',
  });
}

/** eBay's names begin with a capital: a small word that is nearly a key is a slip of the keyboard, not a new item specific. */
function refuseSlip(name: string): void {
  const meant = KEYS.has(name) || !/^[a-z]+$/.test(name) ? undefined : nearestKey(name, SIDECAR_KEYS);
  if (meant === undefined) return;
  throw new EasyflipError('usage.invalid', `--set does not know "${name}"; probably "${meant}" was meant.`, {
    hint: `Write \`--set ${meant}=…\`, or \`--set aspects.${name}=…\` for an item specific of that name.`,
  });
}

/** Keys that take several values, parted by `;`. */
const LISTS: ReadonlySet<string> = new Set(['flaws', 'photos']);
const KEYS: ReadonlySet<string> = new Set(SIDECAR_KEYS);
/** Under this name the values pass the same checks as a sidecar's. */
const AS_FILE = '--set.json';
