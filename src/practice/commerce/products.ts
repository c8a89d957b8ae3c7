/** A product of eBay's catalogue, as far as a listing can adopt it. */
export interface CatalogProduct {
  readonly epid: string;
  readonly categoryId: string;
  /** EAN-13; a UPC is the same number with a zero in front. */
  readonly gtins: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly brand?: string;
  readonly mpn?: string;
  readonly aspects: Readonly<Record<string, readonly string[]>>;
}

/** Invented goods. Their numbers begin with 20, which GS1 leaves to shops for their own use: no real product has one. */
export const PRODUCTS: readonly CatalogProduct[] = [
  {
    epid: '20000001',
    categoryId: '20695',
    gtins: ['2000000000015'],
    title: 'Northwind Stoneware Coffee Mug 12 oz Sea Blue',
    description: 'A 12 ounce stoneware mug with a reactive glaze.',
    brand: 'Northwind',
    mpn: 'NW-12-SB',
    aspects: { Brand: ['Northwind'], Type: ['Mug'], Color: ['Blue'], Material: ['Stoneware'], MPN: ['NW-12-SB'] },
  },
  {
    epid: '20000002',
    categoryId: '261186',
    gtins: ['2000000000022'],
    title: 'Harbour Lights: A Novel by Ada Fenwick (Paperback)',
    description: 'First paperback edition, 312 pages.',
    aspects: { Author: ['Ada Fenwick'], 'Book Title': ['Harbour Lights'], Language: ['English'], Format: ['Trade Paperback'] },
  },
  {
    epid: '20000003',
    categoryId: '139973',
    gtins: ['2000000000039'],
    title: 'Comet Racer 2 (Nintendo Switch)',
    description: 'Racing game for one to four players.',
    aspects: { 'Game Name': ['Comet Racer 2'], Platform: ['Nintendo Switch'], Genre: ['Racing'], Publisher: ['Skyfall'] },
  },
];

/** Thirteen digits, whichever kind of number it was: the same product may be asked for by UPC or by EAN. */
export function gtin13(number: string): string {
  return number.replace(/\D/g, '').padStart(13, '0');
}

/** By ePID first, then by any GTIN (UPC, EAN, ISBN), as eBay matches (CONTRACTS 2.3). */
export function findProduct(wanted: { readonly epid?: string; readonly gtins: readonly string[] }): CatalogProduct | undefined {
  const gtins = new Set(wanted.gtins.map(gtin13));
  return (
    PRODUCTS.find((product) => product.epid === wanted.epid) ?? PRODUCTS.find((product) => product.gtins.some((own) => gtins.has(own)))
  );
}
