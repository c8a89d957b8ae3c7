/**
 * Every code a person or a script may see: `area.what`. Adding one here is all that is needed
 * to use it; the hint travels with each error, because the cure depends on the place.
 */
export const ERROR_CODES = [
  'usage.invalid',
  'usage.unknown-item',
  'usage.wrong-state',
  'config.invalid',
  'config.unreadable',
  'config.missing-credentials',
  'credentials.unreadable',
  'input.missing-folder',
  'input.no-photos',
  'sidecar.invalid',
  'plan.invalid',
  'photo.empty',
  'photo.not-an-image',
  'photo.damaged',
  'photo.truncated',
  'photo.too-many-pixels',
  'photo.too-large',
  'photo.format-unsupported',
  'photo.vector-graphic',
  'photo.duplicate',
  'photo.small',
  'photo.low-resolution',
  'photo.blurred',
  'photo.dark',
  'photo.overexposed',
  'photo.border',
  'photo.screenshot',
  'photo.contact-details',
  'photo.address',
  'photo.licence-plate',
  'photo.web-address',
  'photo.watermark',
  'photo.text-overlay',
  'photo.extreme-shape',
  'photo.unreadable-file',
  'photo.changed',
  'photo.too-many',
  'photo.left-out',
  'photo.untrusted-text',
  'photo.doubtful',
  'file.not-a-photo',
  'file.hidden',
  'file.macos-companion',
  'file.iphone-edit',
  'file.live-photo',
  'file.divider',
  'item.no-usable-photos',
  'item.possible-duplicate',
  'item.same-sku',
  'item.several-pieces',
  'item.doubtful-group',
  'item.changed-while-live',
  'item.regrouped',
  'item.on-hold',
  'item.skipped',
  'item.awaits-approval',
  'item.foreign-listing',
  'item.ended-listing',
  'item.several-listings',
  'facts.missing',
  'facts.uncertain',
  'facts.from-fallback',
  'category.unknown',
  'category.ambiguous',
  'category.not-a-leaf',
  'category.refused',
  'condition.unknown',
  'condition.not-allowed',
  'condition.doubtful',
  'aspect.missing',
  'aspect.not-allowed',
  'price.no-basis',
  'price.refused',
  'text.unfit',
  'check.failed',
  'check.restricted-word',
  'provider.rate-limited',
  'provider.quota-exhausted',
  'provider.unavailable',
  'provider.timeout',
  'provider.auth',
  'provider.no-credit',
  'provider.model-missing',
  'provider.request-refused',
  'provider.bad-reply',
  'provider.wrong-shape',
  'provider.cut-off',
  'provider.empty-reply',
  'provider.content-filter',
  'provider.refused',
  'provider.no-batches',
  'batch.waiting',
  'breaker.open',
  'budget.exhausted',
  'budget.item-exhausted',
  'time.exhausted',
  'listing.rejected',
  'listing.policy-missing',
  'listing.policy-refused',
  'listing.location-missing',
  'listing.selling-limit',
  'listing.on-hold',
  'listing.not-revisable',
  'listing.package-missing',
  'listing.package-estimated',
  'listing.package-refused',
  'listing.start-refused',
  'listing.catalog-required',
  'listing.regulatory-missing',
  'listing.regulatory-refused',
  'listing.missing',
  'picture.rejected',
  'account.incomplete',
  'account.refused',
  'account.exists',
  'store.unusable',
  'store.damaged',
  'store.locked',
  'store.newer',
  'store.read-only',
  'store.full',
  'claim.lost',
  'practice.unreachable',
  'practice.busy',
  'run.cancelled',
  'run.paused',
  'service.paused',
  'time.outside-window',
  'watch.busy',
  'machine.disk-low',
  'machine.memory-low',
  'metrics.unwritable',
  'metrics.port-taken',
  'alert.unsent',
  'bug',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a person is told about anything that did not go the plain way. Stored, printed and sent as JSON. */
export interface Reason {
  readonly code: ErrorCode;
  /** One sentence: what is the case. */
  readonly message: string;
  /** One imperative sentence: what the person can do next. */
  readonly hint: string;
}

export interface ErrorDetails {
  readonly hint: string;
  /** The same call may succeed later without any change. Default: false. */
  readonly retryable?: boolean;
  /** The other side told us how long to wait. */
  readonly retryAfterMs?: number;
  /** The call may have done its work although no answer came. Default: false. */
  readonly mayHaveHappened?: boolean;
  /** The original error. Never printed or stored whole: SDK errors carry tokens. */
  readonly cause?: unknown;
}

/**
 * An expected problem. Anything thrown that is not an EasyflipError is a bug in easyflip and
 * ends the program with its stack and exit code 1.
 */
export class EasyflipError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly mayHaveHappened: boolean;

  constructor(code: ErrorCode, message: string, details: ErrorDetails) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = details.hint;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.mayHaveHappened = details.mayHaveHappened ?? false;
  }

  get reason(): Reason {
    return { code: this.code, message: this.message, hint: this.hint };
  }
}

/**
 * Several problems of one kind, reported together so that a person mends them in one go.
 * `problems` are whole sentences with their place.
 */
export class ProblemsError extends EasyflipError {
  readonly problems: readonly string[];

  constructor(code: ErrorCode, message: string, problems: readonly string[], details: ErrorDetails) {
    super(code, message, details);
    this.problems = problems;
  }
}

export const isEasyflipError = (error: unknown): error is EasyflipError => error instanceof EasyflipError;

/** The one place where an unknown thrown value becomes a Reason. A bug says so and hides nothing useful. */
export function reasonOf(error: unknown): Reason {
  if (isEasyflipError(error)) return error.reason;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: 'bug',
    message: `easyflip itself failed: ${text}`,
    hint: 'Report this with the command you ran; the item keeps what it had finished.',
  };
}
