import type { Clock } from '../../core/clock.ts';
import type { Emit } from '../../core/events.ts';
import type { BatchService, Call, Store } from '../../core/ports/index.ts';
import type { Settings } from '../../core/settings.ts';

/** What all that is done with batches needs. */
export interface BatchContext {
  readonly store: Pick<Store, 'batches'>;
  readonly service: BatchService;
  readonly settings: Settings['batches'];
  readonly clock: Clock;
  readonly emit: Emit;
  /** Where files lie until they are sent. */
  readonly folder: string;
  /** For calls to the service: its signal is the one that ends everything at once. */
  readonly call: Call;
}
