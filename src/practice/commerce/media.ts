import { createHash, randomBytes } from 'node:crypto';
import { DAY_MS, type Market } from '../ground/market.ts';
import { sweepPictures } from '../sell/listings.ts';
import { findImage, imageIdOf, imageUrl } from '../sell/picture-rules.ts';
import { parseMultipart } from '../wire/multipart.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';
import { readImageFacts } from './image-facts.ts';

/** 12 MB, eBay's picture limit. */
const FILE_MAX_BYTES = 12 * 1024 * 1024;
const SIDE_MAX_PX = 15_000;
/** Uploads nobody listed expire after 30 days. */
const UNUSED_MS = 30 * DAY_MS;

/** POST image/create_image_from_file: one multipart part named `image`; 201 with Location and body. */
export function createImageFromFile(market: Market, request: Request): Reply {
  const parts = parseMultipart(request.headers['content-type'] ?? '', request.bytes);
  const image = parts?.find((part) => part.name === 'image');
  if (image === undefined || parts?.length !== 1) throw refuse(190203);
  return store(market, image.bytes);
}

/**
 * POST image/create_image_from_url: https only. This server goes to no other, so the only pictures it can download
 * are those it hosts itself; everything else is 190204, as a picture that eBay cannot reach.
 */
export function createImageFromUrl(market: Market, request: Request): Reply {
  const { imageUrl: url } = jsonBody(request);
  const id = typeof url === 'string' ? imageIdOf(url) : undefined;
  if (id === undefined || findImage(market, id) === undefined) throw refuse(190204);
  const source = market.state.get<{ bytes: Buffer }>('SELECT bytes FROM images WHERE id = ?', id);
  if (source === undefined) throw refuse(190204);
  return store(market, source.bytes);
}

/** eBay keeps a JPEG of at most 1600 pixels; the bytes are kept as they came here, and only looked at. */
function store(market: Market, bytes: Buffer): Reply {
  if (bytes.length > FILE_MAX_BYTES) throw refuse(190201);
  const facts = readImageFacts(bytes);
  if (facts === undefined) throw refuse(190203);
  if (Math.max(facts.width, facts.height) > SIDE_MAX_PX) throw refuse(190202);
  sweepPictures(market);
  const id = randomBytes(12).toString('base64url');
  const expiresAt = market.now() + UNUSED_MS;
  market.state.run(
    'INSERT INTO images (id, sha256, mime, bytes, width, height, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    createHash('sha256').update(bytes).digest('hex'),
    facts.mime,
    bytes,
    facts.width,
    facts.height,
    expiresAt,
  );
  return {
    status: 201,
    body: wireImage(id, expiresAt),
    headers: { Location: `https://apim.ebay.com/commerce/media/v1_beta/image/${id}` },
  };
}

/** 404/190200 once it has expired. */
export function getImage(market: Market, request: Request): Reply {
  const image = findImage(market, request.params.image_id ?? '');
  if (image === undefined) throw refuse(190200);
  return { status: 200, body: wireImage(image.id, image.expires_at) };
}

function wireImage(id: string, expiresAt: number): unknown {
  return { imageUrl: imageUrl(id), expirationDate: new Date(expiresAt).toISOString() };
}
