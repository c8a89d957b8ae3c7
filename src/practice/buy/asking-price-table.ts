/** What sellers commonly ask: the middle price of a whole, used specimen in US dollars, and names seen in titles. */
export interface Goods {
  readonly price: number;
  readonly brands: readonly string[];
  /** Words between brand and category that make a title look like one. */
  readonly lines: readonly string[];
}

const CLOTHES = ['Nike', 'Adidas', "Levi's", 'Gap', 'Ralph Lauren', 'Carhartt', 'Patagonia', 'Tommy Hilfiger', 'J. Crew', 'Columbia'];
const SHOES = ['Nike', 'Adidas', 'New Balance', 'Brooks', 'ASICS', 'Clarks', 'Dr. Martens', 'Timberland', 'Cole Haan'];
const JEWELRY = ['Pandora', 'Tiffany & Co.', 'Swarovski', 'Kendra Scott', 'Unbranded', 'James Avery'];
const KITCHEN = ['KitchenAid', 'Cuisinart', 'Pyrex', 'Le Creuset', 'Lodge', 'Oster', 'Hamilton Beach'];

/** By branch of the tree; the nearest to the leaf counts. */
export const DEPARTMENTS: Readonly<Record<string, Goods>> = {
  'Clothing, Shoes & Accessories': {
    price: 24,
    brands: CLOTHES,
    lines: ['Vintage', 'Classic', 'Slim Fit', 'Relaxed', 'Premium', 'Casual'],
  },
  Bedding: {
    price: 34,
    brands: ['Pendleton', 'Woolrich', 'Faribault', 'Eddie Bauer', 'Biederlack'],
    lines: ['Wool', 'Fleece', 'Plaid', 'Vintage', 'Soft'],
  },
  Clocks: {
    price: 26,
    brands: ['Seiko', 'Howard Miller', 'Westclox', 'La Crosse', 'Sterling & Noble'],
    lines: ['Quartz', 'Round', 'Vintage', 'Modern'],
  },
  'Home Décor': {
    price: 24,
    brands: ['Haeger', 'McCoy', 'Lenox', 'Roseville'],
    lines: ['Vintage', 'Ceramic', 'Mid Century', 'Small', 'Large'],
  },
  'Home & Garden': { price: 28, brands: KITCHEN, lines: ['Vintage', 'Classic', 'Large', 'Small', 'Modern', 'Mid Century'] },
  'Musical Instruments & Gear': {
    price: 240,
    brands: ['Fender', 'Gibson', 'Yamaha', 'Ibanez', 'Boss', 'Roland', 'Epiphone'],
    lines: ['Standard', 'Deluxe', 'Series', 'Custom'],
  },
  'Jewelry & Watches': { price: 60, brands: JEWELRY, lines: ['Sterling Silver', 'Gold Tone', '14K', 'Vintage', 'Signed'] },
  'Computers/Tablets & Networking': {
    price: 180,
    brands: ['Dell', 'HP', 'Lenovo', 'Apple', 'ASUS', 'Intel', 'Samsung', 'Corsair'],
    lines: ['Pro', '16GB', '512GB', 'i7', 'Gaming'],
  },
  'Toys & Hobbies': {
    price: 26,
    brands: ['LEGO', 'Hasbro', 'Mattel', 'Hot Wheels', 'Fisher-Price', 'Ty', 'Pokemon'],
    lines: ['Star Wars', 'Marvel', 'Vintage', 'Complete', 'Retired'],
  },
  'Sporting Goods': {
    price: 65,
    brands: ['Callaway', 'Titleist', 'Shimano', 'Coleman', 'Giro', 'Trek', 'Penn', 'TaylorMade'],
    lines: ['Pro', 'Lightweight', 'Carbon', 'Series'],
  },
  'Consumer Electronics': {
    price: 90,
    brands: ['Sony', 'Bose', 'Apple', 'Samsung', 'JBL', 'Panasonic', 'Pioneer'],
    lines: ['Wireless', 'Bluetooth', 'Stereo', 'HD'],
  },
  'Coins & Paper Money': { price: 38, brands: [], lines: ['Silver', 'AU', 'BU', 'VF', 'Circulated'] },
  'Health & Beauty': {
    price: 32,
    brands: ['Chanel', 'Dior', 'MAC', 'Dyson', 'Conair', 'Versace'],
    lines: ['Original', 'Travel', 'Limited Edition'],
  },
  'Cameras & Photo': {
    price: 210,
    brands: ['Canon', 'Nikon', 'Sony', 'Pentax', 'Minolta', 'Olympus', 'Polaroid'],
    lines: ['AF', '50mm', '35mm', 'Zoom', 'Black'],
  },
  'Pottery & Glass': {
    price: 30,
    brands: ['Lenox', 'Roseville', 'Royal Doulton', 'Hummel', 'Fenton', 'Wedgwood'],
    lines: ['Vintage', 'Hand Painted', 'Signed', 'Blue'],
  },
  'Video Games & Consoles': {
    price: 34,
    brands: ['Nintendo', 'Sony', 'Microsoft', 'Sega'],
    lines: ['Switch', 'PlayStation 4', 'Xbox One', 'Complete'],
  },
  Music: {
    price: 14,
    brands: ['The Beatles', 'Pink Floyd', 'Fleetwood Mac', 'Miles Davis', 'Prince'],
    lines: ['Album', 'Greatest Hits', 'Remastered', 'Live'],
  },
  'Books & Magazines': {
    price: 11,
    brands: ['Stephen King', 'J.K. Rowling', 'National Geographic', 'Penguin', 'Pearson'],
    lines: ['Hardcover', 'Paperback', 'First Edition', 'Signed'],
  },
  Collectibles: { price: 22, brands: ['Marvel', 'DC', 'Topps', 'Upper Deck'], lines: ['Vintage', 'Key', 'Variant'] },
  'Cell Phones & Accessories': {
    price: 230,
    brands: ['Apple', 'Samsung', 'Google', 'Motorola'],
    lines: ['128GB', '256GB', 'Unlocked', 'Black'],
  },
  'Movies & TV': {
    price: 9,
    brands: ['Disney', 'Criterion', 'Warner Bros', 'Universal'],
    lines: ['Collection', 'Widescreen', 'Special Edition'],
  },
  'Dolls & Bears': {
    price: 32,
    brands: ['Barbie', 'American Girl', 'Madame Alexander', 'Steiff', 'Boyds'],
    lines: ['Vintage', 'Collector', 'Limited Edition'],
  },
  'Business & Industrial': {
    price: 75,
    brands: ['DeWalt', 'Milwaukee', 'Makita', 'Bosch', 'Ryobi'],
    lines: ['18V', '20V', 'Cordless', 'Brushless'],
  },
  Crafts: { price: 15, brands: ['Moda', 'Clover', 'Singer', 'Lion Brand'], lines: ['Cotton', 'Bamboo', 'Set'] },
  'Sports Mem, Cards & Fan Shop': {
    price: 12,
    brands: ['Topps', 'Panini', 'Upper Deck', 'Fleer', 'Bowman'],
    lines: ['Rookie', 'Chrome', 'Refractor', 'Base'],
  },
  Travel: { price: 70, brands: ['Samsonite', 'Tumi', 'Travelpro', 'Delsey'], lines: ['Carry On', 'Hardside', 'Spinner'] },
  Baby: { price: 110, brands: ['Graco', 'UPPAbaby', 'Bugaboo', 'Chicco'], lines: ['Lightweight', 'Travel System', 'Folding'] },
};

/** Where a category is far from the middle of its department. */
export const CATEGORY_PRICES: Readonly<Record<string, number>> = {
  '177': 260,
  '111422': 480,
  '179': 220,
  '111418': 420,
  '171485': 140,
  '27386': 190,
  '164': 110,
  '170083': 38,
  '175669': 45,
  '80053': 90,
  '44995': 35,
  '1245': 70,
  '9355': 240,
  '178893': 110,
  '98624': 22,
  '31387': 95,
  '3937': 120,
  '261975': 650,
  '261993': 180,
  '155101': 24,
  '50647': 18,
  '67681': 22,
  '33034': 480,
  '33021': 260,
  '38071': 420,
  '16224': 60,
  '41407': 32,
  '22670': 48,
  '41434': 30,
  '46678': 24,
  '31388': 240,
  '15230': 95,
  '3323': 190,
  '48515': 55,
  '139971': 170,
  '139973': 24,
  '117042': 32,
  '11071': 190,
  '73839': 60,
  '19006': 75,
  '263012': 9,
  '183448': 18,
  '440': 8,
  '20695': 14,
  '262378': 16,
  '36030': 18,
  '133701': 160,
  '133704': 70,
  '262983': 110,
  '177831': 320,
  '179010': 120,
  '7300': 9,
  '18924': 24,
  '11511': 10,
  '15687': 18,
  '57988': 55,
  '63862': 55,
  '15709': 58,
  '95672': 48,
  '11498': 75,
  '53557': 55,
  '169291': 85,
  '3001': 90,
  '79720': 65,
  '39464': 48,
  '41102': 12,
  '39455': 5,
  '177652': 410,
  '261328': 8,
  '183454': 9,
  '257892': 80,
  '122855': 55,
  '112529': 75,
  '66700': 150,
};

export const SHOE_BRANDS = SHOES;
