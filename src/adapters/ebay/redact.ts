/** What eBay's own tokens look like, in case one is echoed that this process never held. */
const TOKEN_LIKE = /v\^1\.1#[^\s"',;<>]+|Bearer\s+[^\s"',;<>]+|Basic\s+[A-Za-z0-9+/=]{8,}/g;

/** Takes secrets out of a text that somebody else wrote. Short values are left: they would blot out ordinary words. */
export function createRedactor(secrets: () => readonly string[]): (text: string) => string {
  return (text) =>
    secrets()
      .filter((secret) => secret.length >= 6)
      .flatMap((secret) => [secret, encodeURIComponent(secret)])
      .reduce((kept, secret) => kept.replaceAll(secret, '[secret]'), text)
      .replace(TOKEN_LIKE, '[secret]');
}
