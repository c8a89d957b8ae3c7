import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { DividerCard } from '../core/divider-card.ts';
import { EasyflipError, ProblemsError } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { SITES } from '../core/site.ts';
import { greyPng } from '../imaging/encode-png.ts';
import { parseSidecar } from '../intake/sidecar.ts';
import { cardsPdf, drawCard } from '../report/divider-cards.ts';

export interface DividerRequest {
  readonly pdf?: string | undefined;
  readonly png?: string | undefined;
  readonly count: number;
  readonly facts: Omit<DividerCard, 'number'>;
  /** Files that exist are replaced. */
  readonly force: boolean;
}

const MOST_CARDS = 500;

/**
 * Writes divider cards to print, and returns the files. Errors: `usage.invalid` for what cannot be on a card, for a
 * SKU on several cards, and for a file that exists already.
 */
export async function writeDividers(settings: Pick<Settings, 'marketplace'>, request: DividerRequest): Promise<readonly string[]> {
  const { pdf, png, count, facts, force } = request;
  await refuse(settings, request);
  const cards = Array.from({ length: count }, (_, at): DividerCard => ({ number: at + 1, ...facts }));
  const written: string[] = [];
  const write = async (file: string, bytes: Buffer): Promise<void> => {
    written.push(await writeNew(resolve(file), bytes, force));
  };
  const paper = settings.marketplace === 'EBAY_US' || settings.marketplace === 'EBAY_CA' ? 'LETTER' : 'A4';
  if (pdf !== undefined) await write(pdf, await cardsPdf(cards, paper));
  if (png !== undefined) for (const card of cards) await write(numbered(png, card, count), await greyPng(await drawCard(card)));
  return written;
}

async function refuse({ marketplace }: Pick<Settings, 'marketplace'>, { pdf, png, count, facts }: DividerRequest): Promise<void> {
  if (pdf === undefined && png === undefined)
    throw new EasyflipError('usage.invalid', 'Nothing says where the cards go.', { hint: 'Use --pdf FILE to print them, or --png FILE.' });
  if (!Number.isInteger(count) || count < 1 || count > MOST_CARDS)
    throw new EasyflipError('usage.invalid', `--count takes a whole number from 1 to ${MOST_CARDS}.`, { hint: 'Print again for more.' });
  if (facts.sku !== undefined && count > 1)
    throw new EasyflipError('usage.invalid', 'A SKU belongs to one item, so it goes on one card.', { hint: 'Leave --count out.' });
  const { problems } = await parseSidecar('card.json', JSON.stringify(facts), SITES[marketplace].currency);
  const strange = Object.entries(facts).filter(([, value]) => value !== undefined && (!/^[\x20-\x7e]+$/.test(value) || value.length > 50));
  const all = [
    ...problems.map((problem) => problem.replace('card.json: ', '--')),
    ...strange.map(([name]) => `--${name} takes at most 50 plain letters, digits and signs.`),
  ];
  if (all.length > 0)
    throw new ProblemsError('usage.invalid', `What the card shall say cannot be used. ${all.join(' ')}`, all, {
      hint: 'Correct it and run again.',
    });
}

/** `card.png` is `card-01.png`, `card-02.png` … for several. */
function numbered(file: string, { number }: DividerCard, count: number): string {
  if (count === 1) return file;
  const ending = extname(file);
  return `${file.slice(0, file.length - ending.length)}-${String(number).padStart(String(count).length, '0')}${ending}`;
}

async function writeNew(file: string, bytes: Buffer, force: boolean): Promise<string> {
  try {
    await writeFile(file, bytes, { flag: force ? 'w' : 'wx' });
    return file;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const exists = code === 'EEXIST';
    throw new EasyflipError(
      'usage.invalid',
      exists ? `${file} exists already.` : `${file} cannot be written (${code ?? 'unknown cause'}).`,
      {
        hint: exists ? 'Name another file, or add --force.' : 'Choose a folder that exists and that you may write to.',
      },
    );
  }
}
