import type { ErrorCode } from '../../core/errors.ts';
import type { PhotoIssue } from '../../core/photo-issue.ts';
import type { PhotoText, TextLine } from '../../core/ports/index.ts';

/** A doubtful reading accuses nobody. */
const SURE = 0.7;

/**
 * Writing in pictures that eBay does not allow (links and contact data policy, picture policy) or that gives the seller away.
 * What makers print on their goods is no offence: their web addresses, toll-free numbers and addresses in other words
 * are told as warnings at most. Pure; one issue for each kind and photo.
 */
export function pictureTextIssues(texts: readonly PhotoText[]): readonly PhotoIssue[] {
  return texts.flatMap(({ photo, lines }) => {
    const sure = lines.filter(({ confidence }) => confidence >= SURE);
    const all = sure.map(({ text }) => text).join('\n');
    return RULES.flatMap(({ code, severity, find, what, hint }): PhotoIssue[] => {
      const found = find(all, sure);
      if (found === undefined) return [];
      return [{ photo, severity, reason: { code, message: `Photo ${photo} ${what}: "${shortened(found)}".`, hint } }];
    });
  });
}

interface Rule {
  readonly code: ErrorCode;
  readonly severity: PhotoIssue['severity'];
  /** The words that were found. */
  readonly find: (text: string, lines: readonly TextLine[]) => string | undefined;
  /** Follows the photo's number in a sentence. */
  readonly what: string;
  readonly hint: string;
}

const COVER = 'Cover it and photograph anew, or leave the photo out; if it belongs to the item, approve.';
const FRAME = 'Use the photo without added writing; eBay does not allow it.';

const RULES: readonly Rule[] = [
  { code: 'photo.contact-details', severity: 'hold', find: privateMail, what: 'shows an e-mail address', hint: COVER },
  { code: 'photo.contact-details', severity: 'hold', find: privatePhone, what: 'shows a phone number', hint: COVER },
  { code: 'photo.address', severity: 'hold', find: postalAddress, what: 'shows an address', hint: COVER },
  { code: 'photo.licence-plate', severity: 'hold', find: licencePlate, what: 'shows what looks like a licence plate', hint: COVER },
  { code: 'photo.licence-plate', severity: 'warn', find: statePlate, what: 'shows what looks like a licence plate', hint: COVER },
  { code: 'photo.web-address', severity: 'warn', find: webAddress, what: 'shows a web address', hint: COVER },
  {
    code: 'photo.watermark',
    severity: 'warn',
    find: watermark,
    what: 'carries a watermark',
    hint: 'Use a photo of your own; eBay does not allow watermarks.',
  },
  { code: 'photo.text-overlay', severity: 'warn', find: advertising, what: 'carries advertising', hint: FRAME },
];

const first = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[0].trim();

const FREE_MAIL =
  /\b[\w.+-]+@(gmail|googlemail|yahoo|hotmail|outlook|live|icloud|me|aol|gmx|web|mail|proton|protonmail|yandex|qq|t-online)\.[a-z.]{2,6}\b/i;

/** Of a person: a company's own domain on a package is the maker's. */
function privateMail(text: string): string | undefined {
  return first(text, FREE_MAIL);
}

const PHONE =
  /(?<![\d-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d-])|(?<!\d)\+\d{2}[ .-]?(?:\(0\))?\d{2,4}(?:[ .-]?\d{2,4}){2,3}(?!\d)/g;
const TOLL_FREE = /(?:^|\D)8(?:00|33|44|55|66|77|88)\D/;

function privatePhone(text: string): string | undefined {
  return [...text.matchAll(PHONE)].map(([number]) => number.trim()).find((number) => !TOLL_FREE.test(` ${number}`));
}

const STREET =
  /\b\d{1,5} (?:[NSEW]\.? )?(?:[A-Z][\w'.-]+ ){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|terrace|close|crescent)\b\.?/i;
const POSTCODE = /\b[A-Z]{2}[ ,]+\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/;
const SENT_TO = /\b(?:ship|deliver|send|mail)(?:ed)? ?to\b|\breturn address\b|\bfrom:\s*\n/i;
const MAKER = /\b(?:inc|llc|ltd|gmbh|corp|co|company|made|manufactured|distributed|imported|dist)\b\.?/i;

/** A street with its postcode; beside a maker's name only when something was sent there. */
function postalAddress(text: string): string | undefined {
  const street = first(text, STREET);
  if (street === undefined || !POSTCODE.test(text)) return undefined;
  return SENT_TO.test(text) || !MAKER.test(text) ? street : undefined;
}

/** British since 2001, and German: forms that little else has. Alone on its line and large. */
const PLATE = /^(?:[A-Z]{2}\d{2} [A-Z]{3}|[A-ZÄÖÜ]{1,3}[-:][A-Z]{1,2} \d{1,4}[EH]?)$/;
const PLATE_HEIGHT = 0.02;

function licencePlate(_text: string, lines: readonly TextLine[]): string | undefined {
  return lines.find(({ text, height, confidence }) => height >= PLATE_HEIGHT && confidence >= 0.8 && PLATE.test(text.trim()))?.text;
}

/**
 * Plates of the United States and Canada have no form of their own: letters and digits, as on any label. What tells them is the name
 * of the state on a line of its own, small beside a number of which both are part. Prints on clothes may look so, too: a warning.
 */
const STATE =
  /^(?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming|ontario|alberta|manitoba|british columbia|saskatchewan|nova scotia|new brunswick)$/i;
const STATE_NUMBER = /^(?=.*[A-Z])(?=.*\d)[A-Z\d]{1,4}(?:[ ·•-]{0,2}[A-Z\d]{2,4})?$/;
const STATE_NUMBER_SIGNS = 5;
const NUMBER_TO_STATE = 1.4;
const STATE_NUMBER_HEIGHT = 0.05;

function statePlate(_text: string, lines: readonly TextLine[]): string | undefined {
  const state = lines.find(({ text }) => STATE.test(text.replace(/[^A-Za-z ]+/g, '').trim()));
  if (!state) return undefined;
  const isNumber = ({ text, height }: TextLine): boolean =>
    height >= Math.max(STATE_NUMBER_HEIGHT, NUMBER_TO_STATE * state.height) &&
    STATE_NUMBER.test(text.trim()) &&
    text.replace(/[^A-Z\d]/g, '').length >= STATE_NUMBER_SIGNS;
  return lines.find(isNumber)?.text;
}

function webAddress(text: string): string | undefined {
  return first(
    text,
    /(?<![@.\w-])(?:https?:\/\/|www\.)[\w-]+(?:\.[\w-]+)+\b|(?<![@.\w-])[\w-]{3,}\.(?:com|net|org|co\.uk|de|shop|store)\b/i,
  );
}

function watermark(text: string): string | undefined {
  return first(text, /\b(?:shutterstock|getty ?images|istock(?:photo)?|alamy|dreamstime|depositphotos|adobe ?stock|123rf|watermark)\b/i);
}

function advertising(text: string): string | undefined {
  return first(
    text,
    /\bfree (?:shipping|delivery|postage)\b|\b(?:best|lowest) price\b|\bbuy (?:it )?now\b|\b\d{1,2} ?% off\b|\bfast shipping\b|\bon sale\b/i,
  );
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
