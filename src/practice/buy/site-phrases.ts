/** How sellers of a site write, and what their prices are against US dollars: figures of the usual size, not of a day. */
export interface SitePhrases {
  readonly priceFactor: number;
  readonly postalCodes: readonly string[];
  readonly sellers: readonly string[];
  readonly lot: (pieces: number) => string;
  readonly parts: string;
  readonly tails: readonly string[];
  readonly size: string;
}

const ENGLISH_TAILS = ['Great Condition', 'Free Shipping', 'EUC', 'Tested Works', 'Rare', 'Nice', 'Vintage', 'Fast Ship'];

const US: SitePhrases = {
  priceFactor: 1,
  postalCodes: ['951**', '100**', '606**', '787**'],
  sellers: ['attic_finds_oh', 'second_chance_goods', 'bluebarn_resale', 'mikes-media-shop', 'thriftwise', 'harbor.trading', 'estate_gems'],
  lot: (pieces) => `Lot of ${pieces}`,
  parts: 'For Parts or Repair',
  tails: ENGLISH_TAILS,
  size: 'Size',
};

const PHRASES: Readonly<Record<string, SitePhrases>> = {
  EBAY_US: US,
  EBAY_GB: {
    ...US,
    priceFactor: 0.78,
    postalCodes: ['SW1*', 'M14*', 'EH3*'],
    sellers: ['charity_corner_uk', 'northern-finds', 'the.vintage.shed', 'clearout_kate', 'thames_resale'],
    lot: (pieces) => `Job Lot of ${pieces}`,
    parts: 'Spares or Repair',
    tails: ['VGC', 'Free P&P', 'Tested', 'Rare', 'Vintage', 'Good Condition', 'Fast Post'],
  },
  EBAY_DE: {
    ...US,
    priceFactor: 0.92,
    postalCodes: ['10***', '80***', '50***'],
    sellers: ['dachboden_funde', 'zweite-chance-shop', 'troedel.meister', 'hamburger_kiste', 'flohmarkt-anna'],
    lot: (pieces) => `Konvolut ${pieces} Stück`,
    parts: 'Defekt für Bastler',
    tails: ['TOP Zustand', 'Versandkostenfrei', 'Geprüft', 'Selten', 'Vintage', 'Sehr gut erhalten'],
    size: 'Gr.',
  },
  EBAY_AU: {
    ...US,
    priceFactor: 1.5,
    postalCodes: ['20**', '30**', '40**'],
    sellers: ['op_shop_online', 'bayside-resale', 'outback.finds', 'sydney_second_hand'],
    lot: (pieces) => `Bulk Lot ${pieces}`,
    tails: ['Great Condition', 'Free Post', 'Tested', 'Rare', 'Vintage', 'GUC'],
  },
  EBAY_CA: {
    ...US,
    priceFactor: 1.36,
    postalCodes: ['M5V*', 'V6B*', 'H2X*'],
    sellers: ['maple_thrift', 'prairie-finds', 'yonge.street.resale', 'attic_to_you_ca'],
  },
};

export function phrasesOf(marketplace: string): SitePhrases {
  return PHRASES[marketplace] ?? US;
}
