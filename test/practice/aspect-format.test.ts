import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/practice/sell/aspect-format.ts';

/** No recorded category has whole numbers or dates among its specifics, so these forms are looked at directly. */
describe('the form of a value', () => {
  it.each([
    ['NUMBER', 'int32', ['0', '12', '-3', '2147483647'], ['1.5', '2147483648', 'ten', '', '1e3']],
    ['NUMBER', 'double', ['0.999', '12', '-3.5', '.5'], ['1,5', 'pure', '', '1e3', '.']],
    ['NUMBER', undefined, ['0.999'], ['pure']],
    ['DATE', 'YYYY', ['1999'], ['99', '19990', 'old']],
    ['DATE', 'YYYYMM', ['199912'], ['199913', '1999-12', '1999']],
    ['DATE', 'YYYYMMDD', ['19991231', '20240229'], ['19990229', '19991301', '1999-12-31', '199912']],
    ['DATE', undefined, ['19991231'], ['1999']],
    ['STRING', undefined, ['anything', ''], []],
    [undefined, undefined, ['anything'], []],
  ] as const)('%s %s', (dataType, format, good, bad) => {
    const fact = { ...(dataType === undefined ? {} : { dataType }), ...(format === undefined ? {} : { format }) };
    for (const value of good) expect([value, formatProblem(fact, value)]).toEqual([value, undefined]);
    for (const value of bad) expect([value, formatProblem(fact, value)]).toEqual([value, expect.stringContaining(`"${value}"`)]);
  });
});
