import { EasyflipError } from '../core/errors.ts';

/**
 * Node.js takes any certificate for any host while this variable is `0`: keys, pictures and the right to sell would go
 * to whoever stands between. No command runs so. Errors: `config.invalid`.
 */
export function refuseWithoutTls(env: NodeJS.ProcessEnv): void {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return;
  throw new EasyflipError('config.invalid', 'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates.', {
    hint: 'Unset it; for a certificate authority of your own, name its file in NODE_EXTRA_CA_CERTS.',
  });
}
