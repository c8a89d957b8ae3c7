import type { Alert } from './alert.ts';
import type { Environment } from './settings.ts';

/** What a channel is told: everything that is due for it, in one message. Published as schemas/alert-message.schema.json. */
export interface AlertMessage {
  readonly type: 'alert.message';
  readonly version: 1;
  readonly environment: Environment;
  /** ISO time. */
  readonly at: string;
  /** Sent by `easyflip alerts test`: nothing is the matter. */
  readonly test: boolean;
  /** The same for people: a few lines. */
  readonly text: string;
  readonly notices: readonly MessageNotice[];
}

export interface MessageNotice extends Alert {
  readonly state: 'firing' | 'resolved';
  readonly since: string;
  readonly resolvedAt: string | null;
}
