const COVER = '[secret]';

/** Shorter ones would blot out ordinary words; no real key is that short. */
const SHORTEST = 6;

/** What secrets look like even when we were not told them: bearer and basic headers, OpenAI keys, eBay tokens, Google keys. */
const SHAPES = [
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9+/_.=^#~-]{8,}/gi,
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /v\^1\.1#[^\s"']+/g,
  /\bAIza[A-Za-z0-9_-]{20,}/g,
  /\b(?:PRD|SBX)-[0-9a-f]{8,}[0-9a-f-]*/g,
];

/**
 * Covers every secret in a text, also where it was URL-encoded, base64-encoded, or put into JSON. For the
 * rare text that may hold one; the rule is still that secrets are never put into a text.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets.filter((secret) => secret.length >= SHORTEST).flatMap(formsOf);
  // Longest first: a secret that contains another must not leave its rest behind.
  const ordered = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const covered = ordered.reduce((rest, form) => rest.replaceAll(form, COVER), text);
  return SHAPES.reduce((rest, shape) => rest.replace(shape, COVER), covered);
}

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  // Basic headers hold `id:secret` in base64, where the secret's own letters shift with what stands before it.
  const shifted = ['', 'x', 'xx'].map((before) => {
    const base64 = Buffer.from(before + secret)
      .toString('base64')
      .replace(/=+$/, '');
    return base64.slice(before === '' ? 0 : before.length + 1, base64.length - 1);
  });
  return [secret, encoded, JSON.stringify(secret).slice(1, -1), ...shifted].filter((form) => form.length >= SHORTEST);
}
