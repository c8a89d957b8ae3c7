// What a seller would write in an evening: the same libraries, one item after the other, one call after the other.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import EbayApi from 'ebay-api';
import OpenAI from 'openai';
import sharp from 'sharp';

const POLICY = { fulfillment: 'getFulfillmentPolicies', payment: 'getPaymentPolicies', return: 'getReturnPolicies' };

/** Lists the first `items` folders, and answers how many seconds it took. Its listings are its own: SKUs begin with NAIVE. */
export async function naively({ practice, openai, photos, items }) {
  const ebay = client(practice);
  await ebay.OAuth2.refreshToken();
  const model = new OpenAI({ apiKey: 'sk-test-0123456789abcdef', baseURL: openai, maxRetries: 0 });
  const policies = {};
  for (const [kind, call] of Object.entries(POLICY)) {
    const answer = await ebay.sell.account[call]('EBAY_US');
    policies[`${kind}PolicyId`] = answer[`${kind}Policies`][0][`${kind}PolicyId`];
  }
  const { locations } = await ebay.sell.inventory.getInventoryLocations({});
  const began = process.hrtime.bigint();
  for (const name of readdirSync(photos).slice(0, items)) {
    await listOne({
      ebay,
      model,
      policies,
      location: locations[0].merchantLocationKey,
      folder: join(photos, name),
      sku: `NAIVE${name.replace('-', '')}`,
    });
  }
  return Number(process.hrtime.bigint() - began) / 1e9;
}

async function listOne({ ebay, model, policies, location, folder, sku }) {
  const facts = JSON.parse(readFileSync(join(folder, 'item.json'), 'utf8'));
  const files = readdirSync(folder).filter((name) => name.endsWith('.jpg'));
  const pictures = [];
  for (const file of files) {
    const original = join(folder, file);
    pictures.push({
      large: await sharp(original)
        .rotate()
        .resize(1600, 1600, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 90 })
        .toBuffer(),
      small: await sharp(original).rotate().resize(768, 768, { fit: 'inside' }).jpeg({ quality: 80 }).toBuffer(),
    });
  }
  await model.chat.completions.create({
    model: 'gpt-4o',
    max_completion_tokens: 500,
    response_format: { type: 'json_schema', json_schema: { name: 'colour', strict: true, schema: COLOUR } },
    messages: [
      { role: 'system', content: 'Say the colour of the item.' },
      {
        role: 'user',
        content: pictures.map(({ small }) => ({
          type: 'image_url',
          image_url: { url: `data:image/jpeg;base64,${small.toString('base64')}`, detail: 'low' },
        })),
      },
    ],
  });
  const imageUrls = [];
  for (const { large } of pictures) {
    const form = new FormData();
    form.append('image', new Blob([large], { type: 'image/jpeg' }), 'photo.jpg');
    const answer = await ebay.commerce.media
      .api({ headers: { 'Content-Type': 'multipart/form-data' } })
      .post('/image/create_image_from_file', form);
    imageUrls.push(answer.imageUrl);
  }
  const aspects = Object.fromEntries(Object.entries({ ...facts.aspects, Color: 'Blue' }).map(([name, value]) => [name, [value]]));
  await ebay.sell.inventory.createOrReplaceInventoryItem(sku, {
    condition: 'USED_EXCELLENT',
    availability: { shipToLocationAvailability: { quantity: 1 } },
    product: { title: facts.title, description: facts.title, aspects, imageUrls },
  });
  const { offerId } = await ebay.sell.inventory.createOffer({
    sku,
    marketplaceId: 'EBAY_US',
    format: 'FIXED_PRICE',
    availableQuantity: 1,
    listingDuration: 'GTC',
    categoryId: facts.category,
    listingDescription: facts.title,
    listingPolicies: policies,
    merchantLocationKey: location,
    pricingSummary: { price: { value: facts.price, currency: 'USD' } },
  });
  await ebay.sell.inventory.publishOffer(offerId);
}

const COLOUR = {
  type: 'object',
  properties: { color: { type: 'string' } },
  required: ['color'],
  additionalProperties: false,
};

function client(practice) {
  const ebay = new EbayApi({
    appId: 'practice-app',
    certId: 'practice-cert',
    sandbox: false,
    marketplaceId: EbayApi.MarketplaceId.EBAY_US,
    contentLanguage: 'en-US',
    acceptLanguage: 'en-US',
    scope: [],
    axiosConfig: { proxy: false },
  });
  ebay.OAuth2.setCredentials({ access_token: '', refresh_token: 'practice-refresh-token', expires_in: 0 });
  ebay.req.instance.interceptors.request.use((config) => {
    const target = new URL(config.url);
    config.headers.set('X-Forwarded-Host', target.hostname);
    if (typeof config.data === 'string') config.data = config.data.replace(/&scope=(?=&|$)/, '');
    config.url = new URL(target.pathname + target.search, practice).href;
    return config;
  });
  return ebay;
}
