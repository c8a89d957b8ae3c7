import type { Clock } from '../core/clock.ts';
import { EasyflipError } from '../core/errors.ts';
import type { CodeReader } from '../core/glance.ts';
import type {
  BarcodeReader,
  BatchedQuestions,
  BatchService,
  Describer,
  JournalStore,
  Marketplace,
  MarketplaceLogin,
  Outgoing,
  ReferenceStore,
  SecondReader,
  TextReader,
  Vault,
} from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';
import { SITES } from '../core/site.ts';
import type { LocalAnalysis } from './local/index.ts';
import { withFallback } from './with-fallback.ts';

/** Who pays whom for looking. Absent: nothing is set. */
export interface Credentials {
  readonly openAi?: { readonly apiKey: string; readonly baseUrl?: string } | undefined;
  readonly vision?: { readonly apiKey?: string; readonly keyFile?: string; readonly endpoint?: string } | undefined;
}

/** What an adapter may need; it takes what it uses. */
export interface AdapterContext extends Credentials {
  readonly settings: Settings;
  readonly outgoing: Outgoing;
  readonly journal: JournalStore;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** For the chosen provider's questions; those of a fallback are never put off. */
  readonly batched?: BatchedQuestions;
}

/** What an analysis provider offers; `local` offers all three and fills in where another does not. */
export interface Analysis {
  readonly textReader?: TextReader;
  readonly barcodeReader?: BarcodeReader;
  readonly describer?: Describer;
  /** Asked where the first reading is in doubt. */
  readonly secondReader?: SecondReader;
}

/** What a provider may use besides its own service: the readers of this machine, and the second one where it is set up. */
type Lent = LocalAnalysis & Pick<Analysis, 'secondReader'>;

interface AnalysisProvider {
  readonly name: string;
  /** Undefined when it can be used; else what is missing. */
  readonly missing: (context: Credentials) => string | undefined;
  /** Never the answer to `auto`. */
  readonly onlyByName?: true;
  /** `model`: another than the settings', for a fallback. */
  readonly create: (context: AdapterContext, local: Lent, model?: string) => Promise<Analysis>;
  /** Where it takes many questions together for less. */
  readonly batches?: (context: AdapterContext) => Promise<BatchService | undefined>;
}

interface MarketplaceAccess {
  readonly credentials: { readonly appId: string; readonly certId: string; readonly refreshToken: string };
  /** Loopback address of the practice marketplace; absent: the real one. */
  readonly baseUrl?: string;
  /** Where tokens are kept between runs. */
  readonly vault?: Vault;
  /** Where what the marketplace says of itself is kept between runs. */
  readonly reference?: ReferenceStore;
}

/** How a seller logs in to the marketplace. */
export const marketplaceLogin = async (
  { settings, outgoing, clock }: Pick<AdapterContext, 'settings' | 'outgoing' | 'clock'>,
  baseUrl: string | undefined,
): Promise<MarketplaceLogin> =>
  (await import('./ebay/login.ts')).createEbayLogin({
    environment: settings.environment,
    site: SITES[settings.marketplace],
    outgoing,
    clock,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });

/** Whether the key of the openai provider opens this model. Errors: `provider.*`. */
export const checkOpenAi = async (...args: Parameters<typeof import('./openai/check-access.ts')['checkOpenAiAccess']>): Promise<void> =>
  (await import('./openai/check-access.ts')).checkOpenAiAccess(...args);

export type MarketplaceFactory = (context: AdapterContext, access: MarketplaceAccess) => Promise<Marketplace>;

const googleVision = async ({ settings, outgoing, journal, clock, vision }: AdapterContext): Promise<Pick<Analysis, 'secondReader'>> => {
  if (!vision || settings.analysis.provider === 'local') return {};
  const { createVisionClient, createVisionReader } = await import('./google-vision/index.ts');
  const { ocrLanguage, provider } = settings.analysis;
  const readsAll = provider === 'google-vision';
  const { usdPerThousand } = settings.vision;
  return {
    secondReader: createVisionReader({
      client: createVisionClient(vision),
      outgoing,
      journal,
      clock,
      ocrLanguage,
      usdPerThousand,
      readsAll,
    }),
  };
};

/** Analysis providers, best first: `auto` takes the first that lacks nothing. */
const analysisProviders: readonly AnalysisProvider[] = [
  {
    name: 'openai',
    missing: ({ openAi }) => (openAi ? undefined : 'OPENAI_API_KEY is not set.'),
    create: async ({ openAi: access, ...context }, local, model = context.settings.analysis.model) =>
      access
        ? (await import('./openai/index.ts')).createOpenAiAnalysis({ ...context, access, model, local, secondReader: local.secondReader })
        : {},
    batches: async ({ openAi: access, ...context }) =>
      access &&
      (await import('./openai/batch-service.ts')).createBatchService({ ...context, access, model: context.settings.analysis.model }),
  },
  {
    name: 'google-vision',
    // It reads, and does not describe: `auto` uses it as the second reader of whoever describes.
    onlyByName: true,
    missing: ({ vision }) => (vision ? undefined : 'Google Vision needs GOOGLE_VISION_API_KEY or GOOGLE_APPLICATION_CREDENTIALS.'),
    create: async () => ({}),
  },
  { name: 'local', missing: () => undefined, create: async (_context, local) => local },
];

const ebay: MarketplaceFactory = async ({ settings, outgoing, journal, clock }, access) =>
  (await import('./ebay/marketplace.ts')).createEbayMarketplace({
    site: SITES[settings.marketplace],
    environment: settings.environment,
    settings: settings.listing,
    outgoing,
    journal,
    clock,
    ...access,
  });

/** Marketplaces by the site they sell on. */
export const marketplaces: Readonly<Record<Settings['marketplace'], MarketplaceFactory>> = {
  EBAY_US: ebay,
  EBAY_GB: ebay,
  EBAY_DE: ebay,
  EBAY_AU: ebay,
  EBAY_CA: ebay,
};

/** Who `auto` stands for: part of what a description depends on, so that a new key makes items be looked at anew. */
export function chosenProvider(wanted: string, context: Credentials): string {
  if (wanted !== 'auto') return wanted;
  return analysisProviders.find(({ missing, onlyByName }) => !onlyByName && missing(context) === undefined)?.name ?? wanted;
}

/**
 * The chosen provider, with what it does not offer filled in by `local`, and those behind it that look when it fails.
 * Errors: `config.invalid`, `config.missing-credentials`.
 */
export async function createAnalysis(
  context: AdapterContext,
): Promise<Required<Omit<Analysis, 'secondReader'>> & Pick<Analysis, 'secondReader'>> {
  const { provider: wanted, fallback } = context.settings.analysis;
  const provider = providerNamed(chosenProvider(wanted, context));
  const here = await (await import('./local/index.ts')).createLocalAnalysis(context.settings.analysis);
  const local: Lent = { ...here, ...(await googleVision(context)) };
  const chosen = { ...local, ...(await usable(provider, context).create(context, local)) };
  const { batched: _batched, ...behindContext } = context;
  const behind = await Promise.all(
    fallback.map(async (entry) => {
      const [name = '', model] = entry.split(/:(.*)/s);
      return (await usable(providerNamed(name), behindContext).create(behindContext, local, model)).describer;
    }),
  );
  return { ...chosen, describer: withFallback([chosen.describer, ...behind.filter((one) => one !== undefined)]) };
}

/** The batches of a provider, chosen already; undefined: it has none. */
export async function createBatches(context: AdapterContext): Promise<BatchService | undefined> {
  return await analysisProviders.find(({ name }) => name === context.settings.analysis.provider)?.batches?.(context);
}

function providerNamed(wanted: string): AnalysisProvider {
  const provider = analysisProviders.find(({ name }) => name === wanted);
  if (provider) return provider;
  throw new EasyflipError('config.invalid', `There is no analysis provider "${wanted}".`, {
    hint: `Use one of: auto, ${analysisProviders.map(({ name }) => name).join(', ')}.`,
  });
}

function usable(provider: AnalysisProvider, context: AdapterContext): AnalysisProvider {
  const missing = provider.missing(context);
  if (missing === undefined) return provider;
  throw new EasyflipError('config.missing-credentials', missing, {
    hint: `Set it in the environment, or use \`--provider local\`, which needs none.`,
  });
}

/** Reads divider cards, offline, whatever the analysis provider. The engine is loaded with the first picture. */
export const readCardCodes: CodeReader = async (picture, signal) => (await import('./local/card-codes.ts')).readCardCodes(picture, signal);
