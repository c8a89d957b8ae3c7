// Makes src/practice/data/categories.json from the recorded category facts: `source` is dropped, the marks that
// say how well founded each part is are kept. Where an entry records no conditions, the set that is most common in
// its department stands in, marked `department-usual`; an empty list is a fact and stays empty.
// Usage: node scripts/practice-categories.js [FACTS.json]
import { readFileSync, writeFileSync } from 'node:fs';

const from = process.argv[2] ?? new URL('../../shared/facts/ebay-us-categories.json', import.meta.url);
const to = new URL('../src/practice/data/categories.json', import.meta.url);

const facts = JSON.parse(readFileSync(from, 'utf8'));
const department = (category) => category.ancestors.at(-1).name;

const usual = new Map();
for (const category of facts) {
  if (!category.conditions?.length || category.requiredDescriptors || category.conditions.some((c) => c.requiredDescriptors)) continue;
  const counts = usual.get(department(category)) ?? new Map();
  const key = JSON.stringify(category.conditions);
  counts.set(key, (counts.get(key) ?? 0) + 1);
  usual.set(department(category), counts);
}
// Departments where nothing is recorded take the set of the largest group of categories.
const LARGEST_GROUP = [
  { id: '1000', name: 'New' },
  { id: '1500', name: 'Open box' },
  { id: '2500', name: 'Seller refurbished' },
  { id: '3000', name: 'Used' },
  { id: '7000', name: 'For parts or not working' },
];

const categories = facts.map(({ source: _source, ...category }) => {
  if (category.conditions !== undefined) return category;
  const counts = [...(usual.get(department(category)) ?? [])].sort((a, b) => b[1] - a[1]);
  const conditions = counts.length > 0 ? JSON.parse(counts[0][0]) : LARGEST_GROUP;
  return { ...category, conditions, confidence: { ...category.confidence, conditions: 'department-usual' } };
});
writeFileSync(to, `[\n${categories.map((category) => JSON.stringify(category)).join(',\n')}\n]\n`);
console.log(`${categories.length} categories`);
