import type { Clock } from '../core/clock.ts';
import { EasyflipError } from '../core/errors.ts';
import type {
  BarcodeReader,
  Describer,
  JournalStore,
  Marketplace,
  MarketplaceLogin,
  Outgoing,
  SecondReader,
  TextReader,
  Vault,
} from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';
import { SITES } from '../core/site.ts';

/** What an adapter may need; it takes what it uses. */
export interface AdapterContext {
  readonly settings: Settings;
  readonly outgoing: Outgoing;
  readonly journal: JournalStore;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** Credentials of Google Vision, where they are set. */
  readonly vision?: VisionAccess | undefined;
}

interface VisionAccess {
  readonly apiKey?: string;
  readonly keyFile?: string;
  readonly endpoint?: string;
}

/** What an analysis provider offers; `local` offers all three and fills in where another does not. */
export interface Analysis {
  readonly textReader?: TextReader;
  readonly barcodeReader?: BarcodeReader;
  readonly describer?: Describer;
  /** Asked where the first reading is in doubt. */
  readonly secondReader?: SecondReader;
}

interface AnalysisProvider {
  readonly name: string;
  /** Undefined when it can be used; else what is missing. */
  readonly missing: (context: AdapterContext) => string | undefined;
  /** Never the answer to `auto`. */
  readonly onlyByName?: true;
  readonly create: (context: AdapterContext) => Promise<Analysis>;
}

interface MarketplaceAccess {
  readonly credentials: { readonly appId: string; readonly certId: string; readonly refreshToken: string };
  /** Loopback address of the practice marketplace; absent: the real one. */
  readonly baseUrl?: string;
  /** Where tokens are kept between runs. */
  readonly vault?: Vault;
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
    name: 'google-vision',
    // It reads, and does not describe: `auto` uses it as the second reader of whoever describes.
    onlyByName: true,
    missing: ({ vision }) => (vision ? undefined : 'Google Vision needs GOOGLE_VISION_API_KEY or GOOGLE_APPLICATION_CREDENTIALS.'),
    create: async () => ({}),
  },
  {
    name: 'local',
    missing: () => undefined,
    create: async ({ settings }) => (await import('./local/index.ts')).createLocalAnalysis(settings.analysis),
  },
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

/** The chosen provider, with what it does not offer filled in by `local`. Errors: `config.invalid`, `config.missing-credentials`. */
export async function createAnalysis(
  context: AdapterContext,
): Promise<Required<Omit<Analysis, 'secondReader'>> & Pick<Analysis, 'secondReader'>> {
  const wanted = context.settings.analysis.provider;
  const provider =
    wanted === 'auto'
      ? analysisProviders.find(({ missing, onlyByName }) => !onlyByName && missing(context) === undefined)
      : analysisProviders.find(({ name }) => name === wanted);
  if (!provider) {
    throw new EasyflipError('config.invalid', `There is no analysis provider "${wanted}".`, {
      hint: `Use one of: auto, ${analysisProviders.map(({ name }) => name).join(', ')}.`,
    });
  }
  const missing = provider.missing(context);
  if (missing)
    throw new EasyflipError('config.missing-credentials', missing, {
      hint: `Set it in the environment, or use \`--provider local\`, which needs none.`,
    });
  const local = await (await import('./local/index.ts')).createLocalAnalysis(context.settings.analysis);
  return { ...local, ...(provider.name === 'local' ? {} : await provider.create(context)), ...(await googleVision(context)) };
}
