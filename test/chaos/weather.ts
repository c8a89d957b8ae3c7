import type { Fault } from '../support/openai-server.ts';
import { between, stream } from './random.ts';

/** A rule as the practice marketplace takes it (docs/practice.md). */
type Rule = Readonly<Record<string, unknown>>;
type Action = Readonly<Record<string, unknown>>;

/** Every kind of trouble that passes by itself. A call that is struck meets one of them, each as likely as another. */
const TROUBLES: Readonly<Record<string, Action>> = {
  'expired token': { type: 'error', errorId: 1001 },
  'too many calls, wait 2 s': { type: 'error', errorId: 2001, retryAfterSeconds: 2 },
  'too many calls': { type: 'error', errorId: 2001 },
  'system error': { type: 'error', errorId: 25001 },
  'another write under way': { type: 'error', errorId: 25025 },
  'gateway page 503': { type: 'html-503' },
  'gateway page 502': { type: 'answer', status: 502, body: '<html><body>Bad Gateway</body></html>' },
  'login page of a Wi-Fi': { type: 'answer', status: 200, body: '<html><body>Welcome to Hotel Wi-Fi</body></html>' },
  'cut before the work': { type: 'reset' },
  'cut after the work': { type: 'drop-after' },
  'never answered, not done': { type: 'half-open' },
  'never answered, done': { type: 'half-open-after' },
  'half an answer': { type: 'malformed-json' },
  'answer of the wrong kind': { type: 'wrong-content-type' },
  'delivered twice': { type: 'duplicate' },
  'answered twice': { type: 'answer-twice' },
  'slow to begin': { type: 'delay', ms: 4_000 },
  'slow to answer': { type: 'delay-after', ms: 8_000 },
};

/** Calls of a run, by name; each has draws of its own, so that how calls of one name fall does not disturb another's. */
const LOGIN = 'oauth.token';
const OPERATIONS = [
  'sell_inventory.bulkGetInventoryItem$',
  'sell_inventory.bulkCreateOrReplaceInventoryItem$',
  'sell_inventory.bulkCreateOffer$',
  'sell_inventory.bulkPublishOffer$',
  'sell_inventory.(?!bulk)',
  'commerce_media',
  'commerce_taxonomy',
  'sell_metadata',
  'sell_account',
  'buy_browse',
  'developer_analytics',
  LOGIN,
] as const;

const SERVICES = ['.*', 'sell_inventory', 'commerce_media', 'commerce_taxonomy'] as const;
const SILENCES = [{ type: 'reset' }, { type: 'html-503' }, { type: 'half-open' }] as const;
const MINUTE_MS = 60_000;
/** Of the fast time; what comes later has no blackouts. */
const LONGEST_MS = 5 * 3_600_000;

export interface Weather {
  readonly rules: readonly Rule[];
  /** So many pictures are lost by eBay after it took them: no repetition mends that, `retry-failed` does. */
  readonly lostPictures: number;
}

/**
 * `share` of all calls are struck. What strikes is drawn by name of the call and by how many calls of that name came before;
 * blackouts of a minute come every six to twelve minutes of the fast time, of all or of one service.
 */
export function weatherOf(seed: number, share: number, lostPictures: number): Weather {
  const troubles = OPERATIONS.flatMap((operation, row) => {
    // Of a login eBay never says that its token has expired.
    const kinds = Object.entries(TROUBLES).filter(([name]) => operation !== LOGIN || name !== 'expired token');
    const part = share / kinds.length;
    return kinds.map(([name, action], at): Rule => {
      // Rules are asked in turn: a later one only meets what the earlier ones let pass.
      return {
        id: `${name} / ${operation}`,
        match: { operation },
        rate: part / (1 - at * part),
        seed: seed * 10_007 + row * 101 + at,
        action,
      };
    });
  });
  return { rules: [...blackouts(seed), ...lost(seed, lostPictures), ...troubles], lostPictures };
}

function blackouts(seed: number): readonly Rule[] {
  const random = stream(seed * 31 + 7);
  const rules: Rule[] = [];
  for (let fromMs = MINUTE_MS; fromMs < LONGEST_MS; fromMs += between(random, 6, 12) * MINUTE_MS) {
    const operation = SERVICES[between(random, 0, SERVICES.length)];
    rules.push({
      id: `blackout ${rules.length + 1}`,
      match: { operation },
      during: { fromMs, untilMs: fromMs + MINUTE_MS },
      action: SILENCES[between(random, 0, SILENCES.length)],
    });
  }
  return rules;
}

/** A picture that was taken, and is not known when its listing is made. */
function lost(seed: number, count: number): readonly Rule[] {
  const random = stream(seed * 17 + 3);
  if (count === 0) return [];
  const nth = Array.from({ length: count }, (_, at) => 5 + at * 200 + between(random, 0, 5));
  const body = {
    imageUrl: 'https://i.ebayimg.com/images/g/nobodysAA/s-l1600.jpg',
    expirationDate: '2099-01-01T00:00:00.000Z',
  };
  return [{ id: 'lost picture', match: { operation: 'createImageFromFile' }, nth, action: { type: 'answer', status: 201, body } }];
}

const MODEL_TROUBLES: readonly Fault[] = [
  { status: 429, error: { type: 'tokens', code: 'rate_limit_exceeded' }, headers: { 'retry-after': '2' } },
  { status: 500 },
  { status: 503, body: '<html>503</html>', headers: { 'content-type': 'text/html' } },
  { status: 200, body: '{"id": "chatcmpl-1", "choices": [' },
  { status: 200, body: '<html>Welcome to Hotel Wi-Fi</html>', headers: { 'content-type': 'text/html' } },
  { finish: 'stop', content: '{"facts": [' },
  { finish: 'stop', content: null },
  { connection: 'reset' },
  { connection: 'reset-in-answer' },
  { connection: 'silent' },
];

/** What happens to the first `count` questions to the model. */
export function modelWeather(seed: number, share: number, count: number): readonly (Fault | undefined)[] {
  const random = stream(seed * 13 + 5);
  return Array.from({ length: count }, () => (random() < share ? MODEL_TROUBLES[between(random, 0, MODEL_TROUBLES.length)] : undefined));
}

export interface Jump {
  readonly afterMs: number;
  readonly byMs: number;
}

/** The program's clock is put on by two hours, back by one, on by nine minutes. Counted from the start in the fast time. */
export function jumpsOf(seed: number): readonly Jump[] {
  const random = stream(seed * 7 + 1);
  const at = (minute: number): number => (minute + random() * 2) * MINUTE_MS;
  return [
    { afterMs: at(2), byMs: 2 * 3_600_000 },
    { afterMs: at(6), byMs: -3_600_000 },
    { afterMs: at(12), byMs: 9 * MINUTE_MS },
  ];
}
