import { readDividerText } from '../core/divider-card.ts';
import type { Glance } from '../core/glance.ts';
import type { Photo, PhotoHash } from '../core/item.ts';
import type { Currency } from '../core/money.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import { parseSidecar } from './sidecar.ts';

/** A photo that parts others and is none of an item. What it says holds for the photos after it. */
export interface Divider {
  readonly kind: 'card' | 'own-card' | 'black' | 'hand';
  /** For people: `divider card 7 (bin A01-7)`. */
  readonly label: string;
  /** How surely the photo is meant as a divider, 0 to 1. */
  readonly confidence: number;
  readonly facts: SellerFacts;
  /** Whole sentences: what the card says cannot be used, so its item must not be listed without it. */
  readonly problems: readonly string[];
}

export interface DividerRules {
  /** Texts of the seller's own bar code cards; `*` stands for anything. */
  readonly dividerCodes: readonly string[];
  readonly currency: Currency;
}

/** Which of these photos are dividers. Facts on cards pass the checks of a sidecar. */
export async function dividersAmong(
  photos: readonly Photo[],
  glances: ReadonlyMap<PhotoHash, Glance>,
  rules: DividerRules,
): Promise<ReadonlyMap<PhotoHash, Divider>> {
  const own = rules.dividerCodes.map(patternOf);
  const dividers = new Map<PhotoHash, Divider>();
  for (const { sha256 } of photos) {
    const glance = glances.get(sha256);
    const divider = glance && (await dividerOf(glance, own, rules.currency));
    if (divider) dividers.set(sha256, divider);
  }
  return dividers;
}

async function dividerOf({ codes, covered }: Glance, own: readonly RegExp[], currency: Currency): Promise<Divider | undefined> {
  for (const code of codes) {
    const card = readDividerText(code);
    if (card) {
      const { number, ...said } = card;
      const { facts, problems } = await parseSidecar(`card ${number}.json`, JSON.stringify(said), currency);
      const words = Object.entries(said).map(([name, value]) => `${name} ${value}`);
      const label = `divider card ${number}${words.length > 0 ? ` (${words.join(', ')})` : ''}`;
      return { kind: 'card', label, confidence: 0.98, facts, problems: problems.map((text) => text.replace('.json', '')) };
    }
    if (own.some((pattern) => pattern.test(code)))
      return { kind: 'own-card', label: `your card "${code}"`, confidence: 0.95, facts: {}, problems: [] };
  }
  if (covered === 'black') return { kind: 'black', label: 'a black frame', confidence: 0.95, facts: {}, problems: [] };
  return covered === 'hand'
    ? { kind: 'hand', label: 'a frame with the lens covered', confidence: 0.8, facts: {}, problems: [] }
    : undefined;
}

const patternOf = (text: string): RegExp => new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'iu');
