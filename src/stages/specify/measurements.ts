import { type Facts, isProven } from '../../core/facts.ts';
import type { AspectRule } from '../../core/listing.ts';
import type { Site } from '../../core/site.ts';
import type { FilledAspect } from './filled-aspect.ts';
import { fitValues } from './fit-values.ts';

export interface Measurement {
  /** As it was told: `Pit to Pit`. */
  readonly name: string;
  /** `21 in`. */
  readonly value: string;
}

const ONE =
  /^(?<before>[^\d]*?)[\s:=-]*(?<number>\d+(?:[.,]\d+)?)\s*(?<unit>"|″|inch(?:es)?|in|cm|mm|m|ft)?(?!\p{L})\s*(?<after>[\p{L} ]*)$/iu;

/** The measurements that stand on a tape, a ruler or a label; one without a name or a unit says nothing. Pure. */
export function measurementsOf({ measurements }: Facts): readonly Measurement[] {
  if (!measurements || !isProven('measurements', measurements)) return [];
  return measurements.value.split(/\s*[;\n]\s*|,\s+/).flatMap((text): Measurement[] => {
    const { before = '', number, unit, after = '' } = ONE.exec(text.trim())?.groups ?? {};
    const name = (before.trim() || after.trim()).replace(/\s+/g, ' ');
    if (!number || !unit || !/\p{L}{3}/u.test(name)) return [];
    return [
      { name: name.replace(/(?<!\p{L})\p{Ll}/gu, (letter) => letter.toUpperCase()), value: `${number.replace(',', '.')} ${unitOf(unit)}` },
    ];
  });
}

const unitOf = (unit: string): string => (/^(?:"|″|in)/i.test(unit) ? 'in' : unit.toLowerCase());

/** What eBay calls them, by words in their names. */
const NAMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\binseam\b/i, ['Inseam']],
  [/\brise\b/i, ['Rise']],
  [/\bheel\b/i, ['Heel Height']],
  [/\bstrap drop\b/i, ['Strap Drop']],
  [/\b(?:pit to pit|chest|bust)\b/i, ['Chest Size', 'Bust Size']],
  [/\bsleeve\b/i, []],
  [/\bdiameter\b/i, ['Item Diameter', 'Diameter']],
  [/\blength\b/i, ['Item Length']],
  [/\bwidth\b/i, ['Item Width']],
  [/\b(?:height|tall)\b/i, ['Item Height', 'Height']],
  [/\bdepth\b/i, ['Item Depth', 'Depth']],
];

/** Item specifics that the measurements answer; a specific that takes kinds (`Short`, `Midi`) is no measure. */
export function measuredAspects(rules: readonly AspectRule[], facts: Facts, site: Site): Readonly<Record<string, FilledAspect>> {
  const fact = facts.measurements;
  const found = measurementsOf(facts).flatMap(({ name, value }): [string, FilledAspect][] => {
    const [, names = []] = NAMES.find(([pattern]) => pattern.test(name)) ?? [];
    const rule = rules.find((one) => names.includes(one.name) && (one.values.length === 0 || one.values.some((kind) => /\d/.test(kind))));
    const fitted = rule && fitValues(rule, [value], site);
    return rule && fact && fitted?.fit ? [[rule.name, { values: fitted.values, fact: { ...fact, value } }]] : [];
  });
  return Object.fromEntries(found);
}
