import type { TitleFault } from '../../report/eval-view.ts';

/** eBay's limit, and where buyers' words are left unused (most sellers' guides ask for 50 and more). */
const MOST = 80;
const FEW = 25;
const SHOUTED_WORDS = 3;
const FILLER =
  /\b(l@@k|look|wow|must[- ]?see|amazing|awesome|stunning|gorgeous|rare find|great deal|best price|free shipping|hot|nice|beautiful)\b|[!*~]{1,}|\?{2,}/i;

/** What a careful seller would not leave in a title. Pure. Acronyms and sizes are not shouting. */
export function titleFaults(title: string): readonly TitleFault[] {
  const words = title.split(/\s+/).map((word) => word.replace(/[^\p{L}\p{N}-]/gu, ''));
  const written = words.filter((word) => word.length > 2 && /\p{L}/u.test(word));
  const lower = written.map((word) => word.toLowerCase());
  const shouted = written.filter((word) => word.length > 3 && word === word.toUpperCase() && word !== word.toLowerCase());
  const faults: TitleFault[] = [];
  if ([...title].length > MOST) faults.push('too-long');
  if ([...title].length < FEW) faults.push('short');
  if (new Set(lower).size < lower.length) faults.push('repeats');
  if (shouted.length >= SHOUTED_WORDS) faults.push('shouts');
  if (FILLER.test(title)) faults.push('filler');
  return faults;
}
