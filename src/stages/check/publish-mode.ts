import type { PublishMode, Settings } from '../../core/settings.ts';

/** Approvals a seller gives in production before easyflip publishes by itself. */
const APPROVALS_BEFORE_AUTO = 5;

/** The configured mode, else `auto`; in production `review` until the seller has approved five listings. */
export function publishMode({ publish, environment }: Pick<Settings, 'publish' | 'environment'>, approvals: number): PublishMode {
  if (publish) return publish;
  return environment === 'production' && approvals < APPROVALS_BEFORE_AUTO ? 'review' : 'auto';
}
