import { isWebhookVariable, SECRET_VARIABLES } from '../../config/secrets.ts';
import type { AlertLevel } from '../../core/alert.ts';
import type { AlertMessage } from '../../core/alert-message.ts';
import { EasyflipError } from '../../core/errors.ts';
import type { Settings } from '../../core/settings.ts';

/** A way to tell. */
export interface Channel {
  /** `webhook EASYFLIP_WEBHOOK`, `command mail`; what it was told is kept under it. */
  readonly name: string;
  readonly kind: 'webhook' | 'command';
  readonly from: AlertLevel;
  /** Errors: `alert.unsent`. */
  readonly send: (message: AlertMessage, signal: AbortSignal) => Promise<void>;
}

/** Those of the settings; a webhook whose variable is not set is there and fails. */
export function channelsOf({ alerts }: Pick<Settings, 'alerts'>, env: NodeJS.ProcessEnv): readonly Channel[] {
  const webhooks = alerts.webhooks.map(
    ({ variable, form, from }): Channel => ({
      name: `webhook ${variable}`,
      kind: 'webhook',
      from,
      async send(message, signal) {
        const address = env[variable]?.trim();
        if (!address) {
          throw new EasyflipError('alert.unsent', `The webhook ${variable} was not told: the environment variable is not set.`, {
            hint: `Set ${variable} to the webhook's address, also for cron.`,
          });
        }
        const [{ callWebhook }, { bodyOf }] = await Promise.all([
          import('../../notify/webhook.ts'),
          import('../../notify/message-forms.ts'),
        ]);
        await callWebhook({ address, variable, body: bodyOf(message, form), timeoutMs: alerts.timeoutSeconds * 1000, signal });
      },
    }),
  );
  const commands = alerts.commands.map(
    ({ name, run, timeoutSeconds, from }): Channel => ({
      name: `command ${name}`,
      kind: 'command',
      from,
      async send({ text }, signal) {
        const { runCommand } = await import('../../notify/command.ts');
        await runCommand({ name, run, text, timeoutMs: timeoutSeconds * 1000, signal, env: withoutSecrets(env) });
      },
    }),
  );
  return [...webhooks, ...commands];
}

const withoutSecrets = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET_VARIABLES.includes(name) && !isWebhookVariable(name)));
