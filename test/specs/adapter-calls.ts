import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ADAPTER = 'src/adapters/ebay';
/** A method of the client, or the name that a request without one (pictures) goes by. */
const CALLS = /\.(\w+)\(|operation: '\w+\.(\w+)'/g;

/**
 * The operations that the eBay adapter can call, read off its source: what it calls that bears the name of an operation in
 * eBay's documents. A call that is added is in the list from then on.
 */
export function adapterCalls(operationIds: ReadonlySet<string>): readonly string[] {
  const files = readdirSync(ADAPTER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const named = files.flatMap((name) =>
    [...readFileSync(join(ADAPTER, name), 'utf8').matchAll(CALLS)].map(([, method, operation]) => method ?? operation ?? ''),
  );
  return [...new Set(named)].filter((name) => operationIds.has(name)).sort();
}
