import type { AlertMessage } from '../core/alert-message.ts';
import type { WebhookSettings } from '../core/watchkeeping.ts';

/** Discord refuses more. */
const DISCORD_LETTERS = 2_000;
const CUT = '\n…';

/** The JSON that a webhook of this form understands. */
export const bodyOf = (message: AlertMessage, form: WebhookSettings['form']): string => JSON.stringify(FORMS[form](message));

const FORMS: Readonly<Record<WebhookSettings['form'], (message: AlertMessage) => unknown>> = {
  easyflip: (message) => message,
  // Slack, incoming webhooks: these three letters are its markup.
  slack: ({ text }) => ({ text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') }),
  // Discord, Execute Webhook: nobody is called by name, whatever the text says.
  discord: ({ text }) => ({
    content: text.length <= DISCORD_LETTERS ? text : `${text.slice(0, DISCORD_LETTERS - CUT.length)}${CUT}`,
    allowed_mentions: { parse: [] },
  }),
};
