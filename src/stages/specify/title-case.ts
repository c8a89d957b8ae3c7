/** Written in capitals by everybody; other words in capitals are labels that shout. */
const KNOWN = new Set(
  (
    'ABS AC AMD AMOLED ASICS ASUS AUX BMW CD CDMA CPU DC DDR DKNY DLC DVD ECCO EP ESPN EU EUC FIFA FM GAP GPS GPU HBO HD HDD HDMI HP IBM IKEA ' +
    'IPA JBL JVC KISS LCD LED LEGO LG LP MAC MIDI MLB MLS NASA NASCAR NATO NBA NES NFL NHL NWOT NWT OEM OLED OVP PAL PC PS PSP PVC QLED RAM RGB ROM ' +
    'SATA SD SEGA SLR SNES SSD TV UEFA UGG UHF UK UNICEF UNIQLO USA USB UV VHF VHS VTG WWE WWF WWI WWII XBOX YSL ZARA'
  ).split(' '),
);
/** Small wherever they stand, and units. */
const SMALL = new Set('a an and as at by cm for from g in kg lb lbs mm ml of on or oz the to vs with und von mit für'.split(' '));
const SIZE_OR_ROMAN = /^(?:[xsml]+|[ivxlcdm]+)$/i;

/**
 * The words of one piece as a calm writer would set them: `NORTHFIELD` becomes `Northfield`, `cotton` becomes `Cotton`;
 * `USB`, `LEGO`, `XXL`, `iPhone` and `WH-1000XM4` stay.
 */
export function calm(words: readonly string[]): readonly string[] {
  const shouting = words.some(isShouting);
  return words.map((word) => {
    // In a piece that shouts, its short words shout too: `THE NORTH FACE`, `OLD NAVY`.
    if (isShouting(word) || (shouting && isShortShout(word))) return lowered(word);
    return isLower(word) && !SMALL.has(word) ? capitalised(word) : word;
  });
}

const lettersOf = (word: string): string => word.replace(/[^\p{L}]+/gu, '');

function isShouting(word: string): boolean {
  return lettersOf(word).length >= 4 && isShout(word);
}

const isShortShout = (word: string): boolean => lettersOf(word).length >= 2 && isShout(word);

function isShout(word: string): boolean {
  const letters = lettersOf(word);
  if (/\p{N}/u.test(word) || letters !== letters.toUpperCase() || letters === letters.toLowerCase()) return false;
  // Without a vowel it is no word but an abbreviation.
  return !KNOWN.has(letters) && !SIZE_OR_ROMAN.test(letters) && /[aeiouyäöüáéíóú]/i.test(letters);
}

const isLower = (word: string): boolean => /^\p{Ll}/u.test(word) && word === word.toLowerCase() && !/\p{N}/u.test(word);

/** `T-SHIRT` is `T-Shirt`, `LEVI'S` is `Levi's`. */
const lowered = (word: string): string => word.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase());

const capitalised = (word: string): string => word.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase());
