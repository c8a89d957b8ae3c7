import { describe, expect, it } from 'vitest';
import { halfStatements, missingSize } from '../../../src/adapters/local/second-glances.ts';
import type { PlacedWord } from '../../../src/adapters/local/text-frame.ts';

const word = (text: string, x: number, y: number, confidence = 0.95): PlacedWord => ({
  text,
  confidence,
  x,
  y,
  width: text.length * 0.015,
  height: 0.02,
  rotate: 0,
});

describe('what was read by half', () => {
  it('is a fibre without its number: the place reaches to the left', () => {
    const [place, ...more] = halfStatements([word('COTTON', 0.5, 0.5, 0.6)]);
    expect(more).toEqual([]);
    expect((place?.x ?? 0) - (place?.width ?? 0) / 2).toBeLessThan(0.35);
    expect((place?.x ?? 0) + (place?.width ?? 0) / 2).toBeGreaterThan(0.54);
  });

  it('is a number without its fibre: the place reaches to the right', () => {
    const [place] = halfStatements([word('80%', 0.3, 0.5)]);
    expect((place?.x ?? 0) + (place?.width ?? 0) / 2).toBeGreaterThan(0.5);
  });

  it('is neither where both stand, nor the same fibre in the next language', () => {
    expect(halfStatements([word('80%', 0.3, 0.5), word('COTTON', 0.4, 0.5), word('COTONE', 0.55, 0.5)])).toEqual([]);
  });
});

describe('a missing size', () => {
  const size = word('SIZE', 0.5, 0.3);
  it('is looked for under the word', () => {
    const place = missingSize([size, word('FUN', 0.5, 0.1)]);
    expect(place?.x).toBeCloseTo(0.5);
    expect((place?.y ?? 0) - (place?.height ?? 0) / 2).toBeGreaterThan(0.3);
  });

  it('is none where a size stands there, where nothing says SIZE, and where several do', () => {
    expect(missingSize([size, word('XS', 0.5, 0.35)])).toBeUndefined();
    expect(missingSize([word('FUN', 0.5, 0.1)])).toBeUndefined();
    expect(missingSize([size, word('SIZE', 0.5, 0.6)])).toBeUndefined();
  });
});
