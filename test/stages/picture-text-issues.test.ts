import { describe, expect, it } from 'vitest';
import type { PhotoText } from '../../src/core/ports/index.ts';
import { pictureTextIssues } from '../../src/stages/check/picture-text-issues.ts';
import { groundTruth, hasSharedPhotos } from '../support/shared-photos.ts';

interface Seen {
  readonly visibleText?: readonly string[];
}

const photo = (lines: readonly string[], { confidence = 0.9, height = 0.03, number = 2 } = {}): PhotoText => ({
  photo: number,
  lines: lines.map((text, at) => ({
    text,
    words: text.split(' ').map((word) => ({ text: word, confidence })),
    confidence,
    height,
    top: at / 10,
  })),
  unreadable: false,
});

const found = (...lines: string[]): string[] =>
  pictureTextIssues([photo(lines)]).map(({ severity, reason }) => `${severity} ${reason.code}`);

describe('writing in pictures', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['a private mail address', ['write to jane.doe42@gmail.com'], ['hold photo.contact-details']],
    ['a phone number', ['Call 555-201-7788'], ['hold photo.contact-details']],
    ['a phone number with brackets', ['(212) 555-0147'], ['hold photo.contact-details']],
    ['an international one', ['+49 171 5550 147'], ['hold photo.contact-details']],
    ['a shipping label', ['SHIP TO', 'Jane Doe', '742 Evergreen Terrace', 'Springfield, OR 97477'], ['hold photo.address']],
    ['a British address', ['12 Baker Street', 'London NW1 6XE'], ['hold photo.address']],
    ['a British plate', ['AB12 CDE'], ['hold photo.licence-plate']],
    ['a German plate', ['B-AB 1234'], ['hold photo.licence-plate']],
    ['a web address', ['www.sandisk.com'], ['warn photo.web-address']],
    ['a watermark', ['shutterstock'], ['warn photo.watermark']],
    ['advertising', ['FREE SHIPPING', '50% OFF'], ['warn photo.text-overlay']],
  ])('%s', (_what, lines, codes) => {
    expect(found(...lines)).toEqual(codes);
  });

  it.each<readonly [string, readonly string[]]>([
    ['a toll-free number of a maker', ['Questions? 1-800-555-0199']],
    ['a maker’s address', ['NEW YORKER Fashion Logistics International', 'D-24109 Kiel']],
    ['a maker with street and postcode', ['Distributed by Acme Inc.', '12 Main Street', 'Austin, TX 78701']],
    ['an ISBN', ['ISBN 13: 978-0-201-75284-7']],
    ['product numbers', ['80-56-01844-1024', 'SDSDQ-1024-E10M', 'WI_CR008592']],
    ['a care label', ['80% COTTON 20% POLYESTER', 'SIZE XS', 'MACHINE WASH AT 40']],
    ['a size in small print that has the form of a plate', ['EU-M 38']],
    ['a date', ['verw. b.:02/2012']],
  ])('not %s', (_what, lines) => {
    expect(pictureTextIssues([photo(lines, { height: 0.01 })])).toEqual([]);
  });

  const plate = (state: string, number: string, heights: readonly [number, number] = [0.06, 0.16]): string[] => {
    const lines = [state, number].flatMap((text, at) => photo([text], { height: heights[at] ?? 0 }).lines);
    return pictureTextIssues([{ ...photo([]), lines }]).map(({ severity, reason }) => `${severity} ${reason.code}`);
  };

  it.each([
    ['CALIFORNIA', '7ABC482'],
    ['Texas', 'BKR-4821'],
    ['NEW YORK', 'HKL 4821'],
    ['★ OHIO ★', 'GXR 3318'],
  ])('a plate of a state is told and holds nothing: %s %s', (state, number) => {
    expect(plate(state, number)).toEqual(['warn photo.licence-plate']);
  });

  it.each([
    ['a number without its state', 'FUN DAY', '7ABC482', 0.06, 0.16],
    ['a place on a shirt with a year', 'CALIFORNIA', '1984', 0.06, 0.16],
    ['a place on a shirt with a word', 'CALIFORNIA', 'SURFING', 0.06, 0.16],
    ['a product number in small print', 'TEXAS', 'BKR-4821', 0.01, 0.016],
    ['a number no larger than the place', 'TEXAS', 'BKR-4821', 0.08, 0.08],
    ['a short number', 'MAINE', 'XL 38', 0.06, 0.16],
  ])('no plate: %s', (_what, state, number, small, large) => {
    expect(plate(state, number, [small, large])).toEqual([]);
  });

  it.skipIf(!hasSharedPhotos)('nothing that a person reads in the real photos holds an item, however large it is taken for', () => {
    const seen = ['items', 'barcodes', 'labels'].flatMap((group) => {
      const truth = groundTruth<{ files: Record<string, Seen>; crossReferences?: Record<string, unknown> }>(group);
      const referred = Object.entries(truth.crossReferences ?? {}).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]));
      return [...Object.entries(truth.files).map(([name, { visibleText }]) => [name, visibleText ?? []] as const), ...referred];
    });
    expect(seen.filter(([, lines]) => lines.length > 0).length).toBeGreaterThan(30);
    const told = seen.flatMap(([name, lines]) =>
      pictureTextIssues([photo(lines, { confidence: 1, height: 0.2 })]).map(({ severity, reason }) => [name, severity, reason.code]),
    );
    expect(told.filter(([, severity]) => severity === 'hold')).toEqual([]);
    expect(told.map(([name, , code]) => [name, code])).toContainEqual(['memory-card-package.png', 'photo.web-address']);
    expect(told.filter(([, , code]) => code === 'photo.licence-plate')).toEqual([]);
  });

  it('a doubtful reading accuses nobody', () => {
    expect(pictureTextIssues([photo(['jane@gmail.com'], { confidence: 0.5 })])).toEqual([]);
  });

  it('names the photo and the words', () => {
    const [issue] = pictureTextIssues([photo(['nothing'], { number: 1 }), photo(['call 555-201-7788'], { number: 3 })]);
    expect(issue).toMatchObject({ photo: 3, reason: { message: 'Photo 3 shows a phone number: "555-201-7788".' } });
  });
});
