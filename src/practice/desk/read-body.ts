import type { IncomingMessage } from 'node:http';

/** More than any eBay call needs; what comes after is read and thrown away, so that the client still gets its answer. */
const BODY_MAX_BYTES = 40 * 1024 * 1024;

export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (size < BODY_MAX_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}
