import type { Clock } from '../../core/clock.ts';
import type { Describer } from '../../core/ports/analysis.ts';
import type { BatchedQuestions } from '../../core/ports/batches.ts';
import type { Outgoing } from '../../core/ports/outgoing.ts';
import type { JournalStore } from '../../core/ports/store.ts';
import type { Settings } from '../../core/settings.ts';
import { createAsker } from './ask.ts';
import type { OpenAiAccess } from './client.ts';
import { createDescriber, type DescriberOptions } from './describer.ts';
import { pictureBilling } from './picture-tokens.ts';
import { priceOf, refuseUnpriced } from './price.ts';

export interface OpenAiAnalysisOptions extends Pick<DescriberOptions, 'local' | 'secondReader'> {
  readonly access: OpenAiAccess;
  /** Any model that takes pictures and structured output. */
  readonly model: string;
  readonly settings: Settings;
  readonly outgoing: Outgoing;
  readonly journal: JournalStore;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  readonly batched?: BatchedQuestions;
}

/**
 * OpenAI, and every service that speaks its chat completions, as a describer. The client is loaded with the first question.
 * Errors at once: `config.invalid` when costs are limited and the price of the model is not known.
 */
export function createOpenAiAnalysis(options: OpenAiAnalysisOptions): { readonly describer: Describer } {
  const { model, settings, local, secondReader, outgoing } = options;
  refuseUnpriced(model, settings);
  const { picturesPerCall, secondLook } = settings.analysis;
  return {
    describer: createDescriber({
      asker: createAsker(options),
      billing: pictureBilling(model, priceOf(model, settings.models)?.picturesLike),
      picturesPerCall,
      pictureLongSide: settings.photos.modelLongSide,
      secondLook,
      local,
      secondReader,
      outgoing,
    }),
  };
}
