import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { practiceBase } from '../../src/adapters/ebay/client.ts';
import { type EndpointVariable, endpoint } from '../../src/config/endpoints.ts';
import { refuseWithoutTls } from '../../src/config/tls.ts';
import { sourceFiles } from '../house/source-files.ts';
import { runs } from '../properties/runs.ts';

const VARIABLES: readonly EndpointVariable[] = ['OPENAI_BASE_URL', 'EASYFLIP_PRACTICE_URL', 'GOOGLE_VISION_ENDPOINT'];
const accepted = (address: string): string | undefined => {
  const said = VARIABLES.map((variable) => {
    try {
      return endpoint(variable, { [variable]: address });
    } catch (error) {
      expect(error).toMatchObject({ code: 'config.invalid' });
      // It may hold a password.
      if (address.length > 8) expect((error as Error).message).not.toContain(address);
      return undefined;
    }
  });
  expect(new Set(said).size).toBe(1);
  return said[0];
};

describe('an address that keys and pictures go to', () => {
  it.each([
    'http://localhost.evil.example',
    'http://evil.example#localhost',
    'http://evil.example/127.0.0.1',
    'http://evil.example\\@127.0.0.1',
    'http://127.0.0.1@evil.example',
    'http://localhost:80@evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1%2eevil.example',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:10.0.0.1]',
    'http://[::]',
    'http://0',
    'http://0.0.0.0',
    'http://10.0.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254/latest/meta-data',
    'http://metadata.google.internal',
    'http://128.0.0.1',
    'http://2147483648',
    'http://localhost.',
    'http://localhosts',
    'http://127.0.0.1:99999',
    'https://user@models.example',
    'https://:hush@models.example',
    'ftp://localhost',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    'ws://127.0.0.1',
    '//127.0.0.1',
    'localhost:8080',
  ])('%s is refused', (address) => expect(accepted(address)).toBeUndefined());

  // The URL standard reads these as 127.0.0.1, and so does every client: it is this machine.
  it.each(['http://2130706433', 'http://0x7f.1', 'http://127.1', 'http://0177.0.0.1', 'HTTP://LOCALHOST:80', 'http://①②⑦.0.0.1'])(
    '%s is this machine',
    (address) => {
      expect(accepted(address)).toMatch(/^http:\/\/(?:127\.0\.0\.1|localhost)$/);
    },
  );

  it('whatever is accepted is https, or http on loopback, and names nobody', () => {
    const part = fc.constantFrom(
      'http',
      'https',
      ':',
      '//',
      '/',
      '@',
      '127.0.0.1',
      'localhost',
      'evil.example',
      '.',
      '#',
      '?',
      '\\',
      '[::1]',
      '[',
      ']',
      '%',
      ' ',
      '\t',
      '\n',
      '。',
      '80',
      'user',
    );
    const address = fc.oneof(
      fc.array(part, { maxLength: 9 }).map((parts) => parts.join('')),
      fc.webUrl({
        withFragments: true,
        withQueryParameters: true,
        authoritySettings: { withIPv4Extended: true, withIPv6: true, withUserInfo: true },
      }),
    );
    fc.assert(
      fc.property(address, (text) => {
        const found = accepted(text);
        if (found === undefined) return;
        const { protocol, hostname, username, password } = new URL(found);
        expect([username, password]).toEqual(['', '']);
        expect(protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname)), found).toBe(
          true,
        );
      }),
      runs(150),
    );
  });

  it('real credentials have no other address than eBay, and practice none but this machine', () => {
    for (const environment of ['sandbox', 'production'] as const) {
      expect(practiceBase(environment, undefined)).toBeUndefined();
      for (const address of ['http://127.0.0.1:1', 'https://api.ebay.com', 'https://evil.example'])
        expect(() => practiceBase(environment, address)).toThrow(expect.objectContaining({ code: 'config.invalid' }));
    }
    for (const address of [undefined, 'https://api.ebay.com', 'https://evil.example', 'http://10.0.0.1', 'http://127.0.0.1@evil.example'])
      expect(() => practiceBase('practice', address)).toThrow(expect.objectContaining({ code: 'config.invalid' }));
    expect(practiceBase('practice', 'http://127.0.0.1:4000')?.host).toBe('127.0.0.1:4000');
  });
});

describe('TLS', () => {
  it('is never weakened by our code', () => {
    const weak = /rejectUnauthorized|checkServerIdentity|NODE_TLS_REJECT|strictSSL|minVersion|secureProtocol|https\.Agent/;
    expect(
      sourceFiles('src')
        .filter(({ path, text }) => path !== 'src/config/tls.ts' && weak.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('switched off from outside ends the program before anything is sent', () => {
    expect(() => refuseWithoutTls({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toThrow(expect.objectContaining({ code: 'config.invalid' }));
    for (const value of [undefined, '', '1']) expect(() => refuseWithoutTls({ NODE_TLS_REJECT_UNAUTHORIZED: value })).not.toThrow();
  });
});
