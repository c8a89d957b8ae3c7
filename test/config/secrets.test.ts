import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { endpoint } from '../../src/config/endpoints.ts';
import { foldersOf } from '../../src/config/folders.ts';
import { redact } from '../../src/config/redact.ts';
import { ebayCredentials, openAiCredentials, secretsIn, visionCredentials } from '../../src/config/secrets.ts';

const full = { EBAY_APP_ID: 'Seller-easyflip-PRD-1-2', EBAY_CERT_ID: 'PRD-0123456789ab', EBAY_REFRESH_TOKEN: 'v^1.1#refresh' };

it('uses public constants in practice, whatever is set', () => {
  expect(ebayCredentials('practice', full)).toEqual({
    appId: 'practice-app',
    certId: 'practice-cert',
    refreshToken: 'practice-refresh-token',
  });
});

it('names the missing credentials', () => {
  expect(() => ebayCredentials('production', { ...full, EBAY_CERT_ID: ' ', EBAY_REFRESH_TOKEN: undefined })).toThrow(
    expect.objectContaining({
      code: 'config.missing-credentials',
      message: "You are not logged in to eBay's production environment; missing: EBAY_CERT_ID, EBAY_REFRESH_TOKEN.",
    }),
  );
  expect(ebayCredentials('production', full)).toEqual({
    appId: full.EBAY_APP_ID,
    certId: full.EBAY_CERT_ID,
    refreshToken: full.EBAY_REFRESH_TOKEN,
  });
});

it('refuses the keyset of the other eBay', () => {
  expect(() => ebayCredentials('sandbox', full)).toThrow(
    expect.objectContaining({ code: 'config.invalid', hint: expect.stringContaining('--env production') }),
  );
  expect(() => ebayCredentials('production', { ...full, EBAY_APP_ID: 'a-SBX-b' })).toThrow(/sandbox keyset/);
});

it('finds analysis credentials', () => {
  expect(openAiCredentials({})).toBeUndefined();
  expect(openAiCredentials({ OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1/' })).toEqual({
    apiKey: 'sk-1',
    baseUrl: 'http://127.0.0.1:8080/v1',
  });
  expect(visionCredentials({})).toBeUndefined();
  expect(visionCredentials({ GOOGLE_APPLICATION_CREDENTIALS: 'key.json' })).toEqual({ keyFile: 'key.json' });
});

it.each(['https://models.example/v1', 'http://127.0.0.1:4000', 'http://127.8.9.1', 'http://localhost:1/v1', 'http://[::1]:4000'])(
  'accepts %s',
  (address) => {
    expect(endpoint('OPENAI_BASE_URL', { OPENAI_BASE_URL: address })).toBe(address);
  },
);

it.each([
  'http://models.example',
  'http://127.0.0.1.example:80',
  'http://localhost.example',
  'http://10.0.0.1',
  'http://0.0.0.0:4000',
  'ftp://127.0.0.1',
  'file:///etc/passwd',
  'not an address',
  'https://user:hush@models.example',
])('refuses %s and does not repeat it', (address) => {
  try {
    endpoint('EASYFLIP_PRACTICE_URL', { EASYFLIP_PRACTICE_URL: address });
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'config.invalid' });
    expect((error as Error).message).toMatch(/^EASYFLIP_PRACTICE_URL /);
    expect((error as Error).message).not.toContain('hush');
  }
});

it('covers secrets, also encoded ones, longest first', () => {
  const secrets = ['s3cret/key+1', 's3cret/key+1-and-more', 'abc'];
  expect(redact('a s3cret/key+1-and-more b s3cret/key+1 c abc', secrets)).toBe('a [secret] b [secret] c abc');
  expect(redact(`u ${encodeURIComponent('s3cret/key+1')} v`, secrets)).toBe('u [secret] v');
  expect(redact('{"authorization":"Bearer v^1.1#i^1#abcdef"}', [])).toBe('{"authorization":"[secret]"}');
  expect(redact('key sk-proj-0123456789abcdefgh.', [])).toBe('key [secret].');
  for (const id of ['', 'x', 'xy', 'xyz']) {
    const header = Buffer.from(`${id}:a-long-client-secret`).toString('base64');
    expect(redact(`sent ${header}`, ['a-long-client-secret'])).toContain('[secret]');
  }
});

it('lists the secrets of the environment', () => {
  expect(secretsIn({ OPENAI_API_KEY: 'sk-1', EBAY_CERT_ID: ' cert ', PATH: 'x' })).toEqual(['cert', 'sk-1']);
});

it('keeps one database and picture folder per environment', () => {
  const cwd = resolve('somewhere');
  const folders = foldersOf({ dataDir: 'data', env: { EASYFLIP_DATA_DIR: 'other' }, environment: 'sandbox', cwd });
  expect(folders).toEqual({
    data: join(cwd, 'data'),
    database: join(cwd, 'data', 'sandbox.sqlite'),
    pictures: join(cwd, 'data', 'sandbox', 'pictures'),
    backups: join(cwd, 'data', 'backups'),
    logs: join(cwd, 'data', 'logs'),
    batches: join(cwd, 'data', 'sandbox', 'batches'),
    practiceState: join(cwd, 'data', 'practice-marketplace.sqlite'),
  });
  expect(foldersOf({ env: { EASYFLIP_DATA_DIR: 'other' }, environment: 'practice', cwd }).database).toBe(
    join(cwd, 'other', 'practice.sqlite'),
  );
  expect(foldersOf({ env: {}, environment: 'practice' }).data).toMatch(/easyflip/);
});
