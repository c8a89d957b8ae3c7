interface Told {
  readonly errorId?: unknown;
}
interface Envelope {
  readonly errors?: readonly Told[];
  readonly warnings?: readonly Told[];
  readonly responses?: readonly Envelope[];
}

const seen = new Set<number>();

/** Keeps the numbers of the errors and warnings in an answer, also of those of a bulk call's entries. */
export function noteErrors(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  const { errors, warnings, responses } = body as Envelope;
  for (const told of [errors, warnings]) {
    if (!Array.isArray(told)) continue;
    for (const one of told) if (typeof one?.errorId === 'number') seen.add(one.errorId);
  }
  if (Array.isArray(responses)) for (const entry of responses) noteErrors(entry);
}

/** What was seen since this was asked the last time. */
export function takeSeenErrors(): readonly number[] {
  const ids = [...seen].sort((a, b) => a - b);
  seen.clear();
  return ids;
}
