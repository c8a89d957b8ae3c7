import type { AspectFact } from '../commerce/leaf.ts';

const INT32_MAX = 2_147_483_647;

/** What is wrong with a value by `aspectDataType` and `aspectFormat` of the Taxonomy document; undefined when it fits. */
export function formatProblem(fact: Pick<AspectFact, 'dataType' | 'format'>, value: string): string | undefined {
  if (fact.dataType === 'NUMBER') {
    if (fact.format === 'int32') {
      return /^[+-]?\d+$/.test(value) && Math.abs(Number(value)) <= INT32_MAX ? undefined : `"${value}" is not a whole number.`;
    }
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value) ? undefined : `"${value}" is not a number.`;
  }
  if (fact.dataType === 'DATE') {
    const format = fact.format ?? 'YYYYMMDD';
    return isDate(value, format) ? undefined : `"${value}" is not a date of the form ${format}.`;
  }
  return undefined;
}

function isDate(value: string, format: string): boolean {
  if (value.length !== format.length || !/^\d+$/.test(value)) return false;
  const [year, month, day] = [value.slice(0, 4), value.slice(4, 6) || '01', value.slice(6, 8) || '01'];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // A 31st of February would roll over into March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}
