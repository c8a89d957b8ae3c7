import type { Fact, Facts } from '../../src/core/facts.ts';
import type { SellerFacts } from '../../src/core/seller-facts.ts';

const read = (value: string): Fact => ({ value, confidence: 0.9, evidence: [{ from: 'label', photo: 1, text: value }] });
const seen = (value: string): Fact => ({ value, confidence: 0.99, evidence: [{ from: 'picture', photo: 1, note: value }] });
const LONG = 'x'.repeat(70);

/** What may be known of things: plain, odd, contradictory and wrong. */
export const SHEETS: Readonly<Record<string, { readonly facts?: Facts; readonly seller?: SellerFacts }>> = {
  'nothing but what it is': { facts: { type: seen('Thing') } },
  'a label in plain words': {
    facts: { type: seen('Shirt'), brand: read('Northfield'), size: read('Large'), color: seen('Navy'), department: read("Men's") },
    seller: { condition: 'used' },
  },
  'shoes of three systems': {
    facts: {
      type: seen('Sneakers'),
      brand: read('ASICS'),
      size: read('US 10 / UK 9 / EUR 44'),
      color: seen('Black/White'),
      department: read('Men'),
    },
    seller: { condition: 'used', material: 'leather', aspects: { Style: ['Sneaker'] } },
  },
  'a size of another country': {
    facts: { type: seen('Boots'), brand: read('Gabor'), size: read('EU 38'), color: seen('Brown') },
    seller: { condition: 'pre-owned', department: 'women' },
  },
  'jeans with waist and length': {
    facts: { type: seen('Jeans'), brand: read("Levi's"), size: read('W33 L32'), color: seen('Dark Blue'), department: read('mens') },
    seller: { condition: 'good', aspects: { Style: ['Straight'] } },
  },
  'a blend, a long brand': {
    facts: { type: seen('Sweater'), brand: read(LONG), material: read('80% cotton, 20% polyester'), color: seen('Charcoal') },
    seller: { condition: 'very good' },
  },
  'no brand': {
    facts: { type: seen('Mug') },
    seller: { brand: 'none', condition: 'used', color: 'white', type: 'mug', mpn: 'does not apply', aspects: { Style: ['Modern'] } },
  },
  'a model beside a wrong brand': {
    facts: { type: seen('Phone') },
    seller: { brand: 'Samsung', model: 'Apple iPhone 12', condition: 'used', color: 'blue' },
  },
  'a model beside its brand': {
    facts: { type: seen('Phone') },
    seller: { brand: 'Apple', model: 'apple iphone 12', condition: 'used', color: 'blue', aspects: { 'Storage Capacity': ['64GB'] } },
  },
  'a brand that only a picture shows': {
    facts: { type: seen('Bag'), brand: seen('Nike'), color: seen('Red') },
    seller: { condition: 'like new' },
  },
  'a book': {
    facts: {
      type: seen('Book'),
      title: read('Emma'),
      author: read('Jane Austen'),
      gtin: { value: '9780141439587', confidence: 1, evidence: [{ from: 'barcode', photo: 1, code: '9780141439587' }] },
    },
    seller: { condition: 'good', aspects: { Language: ['english'] } },
  },
  'a graded card': {
    facts: { type: seen('Card') },
    seller: {
      condition: 'graded',
      aspects: {
        Game: ['Pokémon TCG'],
        'Professional Grader': ['psa'],
        Grade: ['9'],
        'Certification Number': ['12345678'],
        Sport: ['Baseball'],
      },
    },
  },
  'an ungraded card': {
    facts: { type: seen('Card') },
    seller: { condition: 'ungraded', aspects: { Game: ['Pokémon TCG'], 'Card Condition': ['near mint or better'], Sport: ['Baseball'] } },
  },
  'a card that is just used': {
    facts: { type: seen('Card') },
    seller: { condition: 'used', aspects: { Game: ['Pokémon TCG'], Sport: ['Baseball'] } },
  },
  'a graded coin whose grades contradict each other': {
    facts: { type: seen('Coin') },
    seller: { condition: 'graded', aspects: { 'Professional grader': ['PCGS'], 'Letter grade': ['AU'], 'Numerical grade': ['70'] } },
  },
  'a graded coin': {
    facts: { type: seen('Coin') },
    seller: {
      condition: 'graded',
      aspects: { 'Professional grader': ['PCGS'], 'Letter grade': ['AU'], 'Numerical grade': ['58'], 'Certification number': ['123'] },
    },
  },
  'a condition that nobody has': {
    facts: { type: seen('Lamp') },
    seller: { condition: 'slightly haunted', brand: 'Acme', color: 'green' },
  },
  'new, with or without tags': {
    facts: { type: seen('Dress'), size: read('M'), color: seen('Red') },
    seller: { condition: 'new', brand: 'Zara', department: 'women', aspects: { Style: ['A-Line'], 'Dress Length': ['Midi'] } },
  },
  'flaws, new': {
    facts: { type: seen('Shirt'), size: read('XS') },
    seller: { condition: 'new with tags', brand: 'Zara', color: 'Grey', department: 'women', flaws: ['a pulled thread', 'tag torn'] },
  },
  'specifics of the seller: too long, empty, several': {
    facts: { type: seen('Thing') },
    seller: {
      condition: 'used',
      brand: LONG,
      color: 'blue',
      aspects: { Theme: ['a', 'b'], Style: [' '], Size: ['S', 'M'], Year: ['nineteen'], Vintage: ['yes'] },
    },
  },
  'wrong size type': {
    facts: { type: seen('Shirt') },
    seller: { condition: 'used', brand: 'Acme', color: 'blue', size: 'M', department: 'Pets', aspects: { 'Size Type': ['Huge'] } },
  },
  'everything that clothes ask': {
    facts: { type: seen('Shirt') },
    seller: {
      condition: 'used',
      brand: 'Acme',
      color: 'navy',
      size: 'large',
      department: 'men',
      type: 'T-Shirt',
      material: 'cotton',
      aspects: { Style: ['Casual'], 'Size Type': ['regular'], Inseam: ['32 inches'] },
    },
  },
  'a new thing with a number of its maker': {
    facts: { type: seen('Headphones'), brand: read('Sony'), model: read('WH-1000XM4'), mpn: read('WH1000XM4/B'), color: seen('Black') },
    seller: { condition: 'new', gtin: '4548736112100', aspects: { Type: ['Over-Ear'], Connectivity: ['Wireless'] } },
  },
  'no product number, said so': {
    facts: { type: seen('Vase'), color: seen('Green') },
    seller: { brand: 'unbranded', gtin: 'none', mpn: 'none', condition: 'used', type: 'vase', material: 'glass' },
  },
  'a number that is none': {
    facts: { type: seen('Watch'), mpn: read('N/A'), brand: read('Seiko'), department: read('Unisex') },
    seller: { gtin: 'does not apply', condition: 'used' },
  },
  'for parts': {
    facts: { type: seen('Phone'), brand: read('Apple'), model: read('Apple iPhone 12'), color: seen('Black') },
    seller: { condition: 'for parts or not working', flaws: ['cracked glass', 'does not start'] },
  },
  'a model that belongs to another brand, both read': {
    facts: { type: seen('Phone'), brand: read('Samsung'), model: read('Apple iPhone 12'), color: seen('Blue') },
    seller: { condition: 'used' },
  },
  'a model without its brand': {
    facts: { type: seen('Phone'), model: read('Apple iPhone 12'), color: seen('Blue') },
    seller: { condition: 'very good' },
  },
  'flaws of many words': {
    facts: { type: seen('Jacket'), brand: read('Barbour'), size: read('42'), department: read('Mens'), color: seen('Olive') },
    seller: { condition: 'used', flaws: Array.from({ length: 30 }, (_, n) => `mark number ${n} on the left sleeve, two millimetres wide`) },
  },
  'plural and case': {
    facts: { type: seen('BOOTS'), brand: read('DR. MARTENS'), size: read('uk 8'), color: seen('BLACK'), department: read('WOMENS') },
    seller: { condition: 'USED', material: 'LEATHER', aspects: { style: ['ANKLE BOOTS'] } },
  },
  'a size as a number': {
    facts: { type: seen('Shirt'), brand: read('Olymp'), size: read('15.5'), department: read('men'), color: seen('White') },
    seller: { condition: 'good', aspects: { 'Size Type': ['Big & Tall'] } },
  },
  'a plus size': {
    facts: { type: seen('Dress'), brand: read('Torrid'), size: read('2X'), department: read('Women'), color: seen('Multicolor') },
    seller: { condition: 'pre-owned: good', aspects: { 'Size Type': ['plus'], Style: ['Maxi'], 'Dress Length': ['long'] } },
  },
  'many colours': {
    facts: { type: seen('Scarf'), brand: read('Hermès'), color: seen('red, blue, gold and green'), material: read('100% SILK') },
    seller: { condition: 'like new', department: 'women' },
  },
  'German words': {
    facts: { type: seen('Hemd'), size: read('Größe 50'), color: seen('Dunkelblau') },
    seller: { condition: 'gebraucht', brand: 'ohne Marke', department: 'Herren', material: 'Baumwolle' },
  },
  'for children': {
    facts: { type: seen('T-Shirt'), brand: read("Carter's"), size: read('5T'), color: seen('Yellow'), department: read('Kids') },
    seller: { condition: 'used' },
  },
  'a watch': {
    facts: { type: seen('Wristwatch'), brand: read('Casio'), model: read('F-91W'), department: read('Men'), color: seen('Black') },
    seller: { condition: 'new without tags', aspects: { Movement: ['quartz'], 'Band Material': ['resin'], Display: ['Digital'] } },
  },
  'a game with platform and rating': {
    facts: { type: seen('Video Game'), title: read('Mario Kart 8 Deluxe'), brand: read('Nintendo') },
    seller: {
      condition: 'very good',
      aspects: { Platform: ['nintendo switch'], 'Game Name': ['Mario Kart 8 Deluxe'], Rating: ['E-Everyone'], Genre: ['Racing'] },
    },
  },
  'a book without a number': {
    facts: { type: seen('Book'), title: read('Die Verwandlung'), author: read('Franz Kafka') },
    seller: {
      condition: 'acceptable',
      gtin: 'n/a',
      aspects: { Language: ['German'], Format: ['paperback'], 'Publication Year': ['1915'] },
    },
  },
  'dates and numbers of every form': {
    facts: { type: seen('Camera'), brand: read('Canon'), model: read('AE-1') },
    seller: {
      condition: 'used',
      aspects: { Year: ['1976-04-01'], 'Publication Year': ['MCMLXXVI'], 'Number of Items': ['one'], Grade: ['9.5'] },
    },
  },
  'a graded card whose grade nobody gives': {
    facts: { type: seen('Card') },
    seller: {
      condition: 'graded',
      aspects: { Game: ['Pokémon TCG'], Sport: ['Baseball'], 'Professional Grader': ['my uncle'], Grade: ['11'] },
    },
  },
  'a card without what it must say': { facts: { type: seen('Card'), brand: read('Topps') }, seller: { condition: 'ungraded' } },
  'markup and controls in what was read': {
    facts: { type: seen('Mug'), brand: read('<b>Denby</b>'), color: seen('Blue\u0000'), material: read('Stone\nware') },
    seller: { condition: 'used', aspects: { Theme: ['<script>1</script>'], Style: ['Rustic\t'] } },
  },
  'specifics by the wrong name': {
    facts: { type: seen('Shoes'), brand: read('Clarks'), department: read('Women') },
    seller: { condition: 'used', aspects: { 'Shoe size': ['8'], colour: ['tan'], 'Upper material': ['Suede'], style: ['loafer'] } },
  },
  'thirty-one values of one specific': {
    facts: { type: seen('Set') },
    seller: {
      condition: 'used',
      brand: 'Lego',
      aspects: { Features: Array.from({ length: 31 }, (_, n) => `Feature ${n}`), Character: ['Luke', 'Leia'] },
    },
  },
  'a refurbished thing': {
    facts: { type: seen('Laptop'), brand: read('Lenovo'), model: read('ThinkPad X1') },
    seller: { condition: 'certified refurbished', color: 'black', aspects: { Processor: ['Intel Core i7'], 'Screen Size': ['14 in'] } },
  },
};
