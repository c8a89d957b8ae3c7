import type { FactName, Facts } from '../../core/facts.ts';
import { saysNone } from '../../core/says-none.ts';
import type { Site } from '../../core/site.ts';

/**
 * Words that facts are told in, as the German site has them. From general knowledge: where eBay's list has another word,
 * the value is asked for.
 */
const GERMAN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    beige: 'Beige',
    black: 'Schwarz',
    blue: 'Blau',
    brown: 'Braun',
    gold: 'Gold',
    gray: 'Grau',
    green: 'Grün',
    ivory: 'Elfenbein',
    multicolor: 'Mehrfarbig',
    orange: 'Orange',
    pink: 'Rosa',
    purple: 'Lila',
    red: 'Rot',
    silver: 'Silber',
    turquoise: 'Türkis',
    white: 'Weiß',
    yellow: 'Gelb',
    men: 'Herren',
    women: 'Damen',
    boys: 'Jungen',
    girls: 'Mädchen',
    'unisex adults': 'Unisex Erwachsene',
    'unisex kids': 'Unisex Kinder',
    acrylic: 'Acryl',
    cashmere: 'Kaschmir',
    ceramic: 'Keramik',
    cotton: 'Baumwolle',
    elastane: 'Elasthan',
    spandex: 'Elasthan',
    glass: 'Glas',
    leather: 'Leder',
    linen: 'Leinen',
    metal: 'Metall',
    nylon: 'Nylon',
    plastic: 'Kunststoff',
    polyester: 'Polyester',
    silk: 'Seide',
    viscose: 'Viskose',
    rayon: 'Viskose',
    wood: 'Holz',
    wool: 'Wolle',
    striped: 'Gestreift',
    plaid: 'Kariert',
    floral: 'Blumen',
    solid: 'Einfarbig',
  }),
);
const BRITISH: ReadonlyMap<string, string> = new Map(Object.entries({ gray: 'Grey', multicolor: 'Multicoloured' }));

/** Facts whose values are everyday words; a brand that is called Orange stays so. */
const WORDED: ReadonlySet<FactName> = new Set(['color', 'department', 'material', 'pattern']);

export const isWorded = (fact: FactName): boolean => WORDED.has(fact);

/** What a provider told in American English, in the words of the site; `80% cotton` too. */
export function inSiteWords(fact: FactName, value: string, { language }: Pick<Site, 'language'>): string {
  if (!WORDED.has(fact) || language === 'en-US') return value;
  const words = language === 'de-DE' ? GERMAN : BRITISH;
  const whole = words.get(value.trim().toLowerCase());
  return whole ?? value.replace(/\p{L}+/gu, (word) => words.get(word.toLowerCase()) ?? word);
}

/** The site's own wording for none (eBay, product identifiers): a brand is `Unbranded`, all else `Does not apply`. */
export const wordForNone = (fact: FactName | undefined, site: Pick<Site, 'unbranded' | 'doesNotApply'>): string =>
  fact === 'brand' ? site.unbranded : site.doesNotApply;

/** A seller who says that there is no brand says it in the site's word from here on, in titles and searches too. */
export function withSiteBrand(facts: Facts, site: Pick<Site, 'unbranded'>): Facts {
  return facts.brand && saysNone(facts.brand.value) ? { ...facts, brand: { ...facts.brand, value: site.unbranded } } : facts;
}
