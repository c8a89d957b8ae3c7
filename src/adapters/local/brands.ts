/** A maker's name as listed. `plain`: also an ordinary word, so it counts only where it stands alone on its line. */
export interface Brand {
  readonly name: string;
  readonly plain: boolean;
}

const DISTINCT =
  "Abercrombie & Fitch|Acer|Adidas|Aerosoles|Aéropostale|Alexander McQueen|Alfani|Allen Edmonds|AllSaints|American Apparel|American Eagle|Amazfit|Ann Taylor|Anthropologie|Arc'teryx|Aritzia|Armani Exchange|Asics|Asus|Athleta|Atari|Audio-Technica|Balenciaga|Bandai|Bang & Olufsen|Barbour|BCBGMAXAZRIA|Beats by Dre|Ben Sherman|Bershka|Betsey Johnson|Birkenstock|Black & Decker|Blundstone|Bonobos|Bose|Brooks Brothers|Bugaboo|Burberry|Calvin Klein|Canada Goose|Carhartt|Carters|Carter's|Casio|Cath Kidston|Caterpillar|Celine|Chaco|Chanel|Charlotte Russe|Chloé|Christian Dior|Christian Louboutin|Clarks|Cole Haan|Columbia Sportswear|Comme des Garçons|Conair|Converse|Corningware|Crayola|Crocs|Cuisinart|Danskin|DeLonghi|Desigual|Dickies|Disney|DKNY|Dockers|Dolce & Gabbana|Dooney & Bourke|Dr. Martens|Dremel|Duracell|Dyson|Ecco|Eddie Bauer|Eileen Fisher|Energizer|Ermenegildo Zegna|Etnies|Everlane|Fabletics|Fendi|Fisher-Price|Fitbit|Fjällräven|Florsheim|Forever 21|Free People|Fujifilm|Funko|Furla|Garmin|Givenchy|GoPro|Gucci|Gymboree|H&M|Hamilton Beach|Hasbro|Helly Hansen|Hermès|Hewlett-Packard|Hoka|Hollister|Hot Wheels|Huawei|Hugo Boss|Humminbird|Hydro Flask|IKEA|Instant Pot|Izod|J.Crew|J. Crew|Jansport|JBL|Jimmy Choo|Jockey|Johnston & Murphy|Juicy Couture|JVC|Karl Lagerfeld|Kate Spade|KEEN|Keds|Kenneth Cole|Kenwood|Keurig|KitchenAid|Kodak|L.L.Bean|L.L. Bean|LL Bean|La Sportiva|Lacoste|Lands' End|Le Creuset|LEGO|Leica|Lenovo|Lenox|Levi's|Levi Strauss & Co.|Lexmark|Liz Claiborne|Loft|Logitech|Longchamp|Louis Vuitton|Lucchese|Lucky Brand|Lululemon|Madewell|Makita|Mammut|Marc Jacobs|Marimekko|Massimo Dutti|Matchbox|Mattel|Melissa & Doug|Merrell|Michael Kors|Microsoft|Milwaukee Tool|Minolta|Miu Miu|Moncler|Montblanc|Motorola|Nalgene|Naturalizer|Nautica|Nespresso|Netgear|New Balance|New Era|Nike|Nikon|Nine West|Nintendo|Nokia|Nordstrom|Oakley|Olympus|OshKosh B'gosh|OtterBox|Oxo|Panasonic|Patagonia|Paul Smith|Pendleton|Perry Ellis|Philips|Playmobil|PlayStation|Playskool|Polaroid|Polo Ralph Lauren|Prada|prAna|Primark|Proctor Silex|Pull&Bear|Puma|Pyrex|Quiksilver|Ralph Lauren|Ravensburger|Ray-Ban|Reebok|Rip Curl|Rockport|Rolex|Royal Doulton|Russell Athletic|Saint Laurent|Salomon|Salvatore Ferragamo|Samsonite|Samsung|SanDisk|Saucony|Sennheiser|Seiko|Sharp Electronics|Shimano|Skechers|Skullcandy|Sony|Speedo|Sperry|Starbucks|Starter Black Label|Steve Madden|Stride Rite|Stuart Weitzman|Swarovski|Swatch|TaylorMade|Ted Baker|Tefal|Teva|The Children's Place|The North Face|Thermos|Timberland|Timbuk2|Tissot|TomTom|Tommy Bahama|Tommy Hilfiger|Topman|Topshop|Toshiba|Tory Burch|Tumi|Tupperware|UGG|Under Armour|Uniqlo|United Colors of Benetton|Urban Outfitters|Valentino Garavani|Van Heusen|Vera Bradley|Vera Wang|Versace|Vichy|Victorinox|Victoria's Secret|Vineyard Vines|Vitamix|Volcom|Waterford|Wedgwood|White House Black Market|Wilton|Wolverine|Wrangler|Xbox|Yankee Candle|Yamaha|Yeezy|Yves Saint Laurent|Zara|Zippo|Zwilling";
const PLAIN =
  "Aldo|Anne Klein|Apple|Arrow|Billabong|Boss|Brother|Brooks|Canon|Champion|Chaps|Coach|Columbia|Cricut|Dell|Diesel|Express|Fila|Fossil|French Connection|Gap|Guess|Hanes|HP|Hobart|Hurley|Intel|Jordan|Justice|Kappa|Lee|LG|Lodge|Mango|Milwaukee|Monopoly|Next|Oasis|Old Navy|Osprey|Pampers|Pioneer|Quest|River Island|Roots|Roxy|Russell|Saucony Originals|Sharp|Singer|Stanley|Sunbeam|Supreme|Target|Theory|Tiffany & Co.|Toms|Umbro|Vans|Vince|Warner|Wilson|Yeti|Hush Puppies|Banana Republic|Fruit of the Loom|Gildan|Gerber|Simply Vera|Cat & Jack|Faded Glory|Merona|Mossimo|St. John's Bay|Croft & Barrow|Cherokee|Arizona|Sonoma|Bosch|Braun|Krups|Oster|Rival|Revlon|Remington|Bissell|Hoover|Dirt Devil";

/** Letters and digits only, upper case: how a name is compared, since labels differ in points and hyphens. */
export const brandKey = (text: string): string =>
  text
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

export const BRANDS: ReadonlyMap<string, Brand> = new Map(
  [
    ...PLAIN.split('|').map((name): Brand => ({ name, plain: true })),
    ...DISTINCT.split('|').map((name): Brand => ({ name, plain: false })),
  ].map((brand) => [brandKey(brand.name), brand] as const),
);
