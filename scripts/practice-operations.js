// Makes src/practice/data/operations.json from eBay's OpenAPI documents: which operations exist, on which host,
// with which scopes and required headers. Facts only (no texts, no schemas).
// Usage: node scripts/practice-operations.js [FOLDER]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = process.argv[2] ?? new URL('../../shared/specs/ebay/', import.meta.url).pathname;
const to = new URL('../src/practice/data/operations.json', import.meta.url);
const METHODS = ['get', 'put', 'post', 'delete'];

const operations = [];
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('_oas3.json'))
  .sort()) {
  const document = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
  const server = document.servers[0];
  const host = new URL(server.url.replace('{basePath}', '')).host;
  const api = file.replace(/_v\d.*$/, '');
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = methods[method];
      if (operation === undefined) continue;
      operations.push({
        id: `${api}.${operation.operationId}`,
        method: method.toUpperCase(),
        host,
        path: `${server.variables.basePath.default}${path}`,
        scopes: [...new Set((operation.security ?? []).flatMap((entry) => Object.values(entry).flat()))],
        requiredHeaders: (operation.parameters ?? []).filter((p) => p.in === 'header' && p.required).map((p) => p.name.toLowerCase()),
      });
    }
  }
}
writeFileSync(to, `[\n${operations.map((operation) => JSON.stringify(operation)).join(',\n')}\n]\n`);
console.log(`${operations.length} operations`);
