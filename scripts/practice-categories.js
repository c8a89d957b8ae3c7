// Makes src/practice/data/categories.json from the recorded facts: `source` is dropped, the marks that say how well
// founded each part is are kept. Added to what the facts' main file has, each with a mark of its own:
// - values and constraints of condition descriptors, and aspect usage, from the recorded answers beside it;
// - what ADDITIONS names;
// - where an entry records no conditions, the set that is most common in its department, marked `department-usual`
//   (an empty list is a fact and stays empty).
// Usage: node scripts/practice-categories.js [FOLDER]
import { readFileSync, writeFileSync } from 'node:fs';

const folder = process.argv[2] ?? new URL('../../shared/facts', import.meta.url).pathname;
const to = new URL('../src/practice/data/categories.json', import.meta.url);
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));

const facts = read('ebay-us-categories.json');
const policyOf = (name) => read(`recorded/condition-policy-${name}.json`).itemConditionPolicies[0];
const CARDS = policyOf('261328-trading-cards');
const COINS = policyOf('39464-morgan-dollars');

// Recorded answers whose descriptors a category shares. Cards: eBay's "Condition descriptor IDs for trading cards".
// Coins: "condition grading is available for all leaf categories descending from Coins: US" (ConditionDescriptorsType).
const POLICIES = { 261328: CARDS, 183050: CARDS, 183454: CARDS, 39464: COINS, 41102: COINS, 11980: COINS, 39455: COINS };
const DOCUMENTED_CONDITIONS = new Set(['41102', '11980', '39455']);

// Several sellers' programs agree on these (see facts README, "What is missing"); not in a recorded answer.
const GRADES_BELOW_5 = ['4.5', '4', '3.5', '3', '2.5', '2', '1.5'].map((name, index) => ({ id: String(2750211 + index), name }));
const GAME_CARD_CONDITIONS = [
  { id: '400010', name: 'Near Mint or Better' },
  { id: '400015', name: 'Lightly Played (Excellent)' },
  { id: '400016', name: 'Moderately Played (Very Good)' },
  { id: '400017', name: 'Heavily Played (Poor)' },
];

// Which value of one aspect goes with which value of another: by category, aspect, controlling aspect, its value.
// The size is recorded (aspect-samples.json); brands of models are general knowledge.
const PHONES = {
  Apple: [
    'Apple iPhone 11',
    'Apple iPhone 12',
    'Apple iPhone 13',
    'Apple iPhone 14',
    'Apple iPhone 15',
    'Apple iPhone SE (2nd Generation)',
  ],
  Samsung: ['Samsung Galaxy S21', 'Samsung Galaxy S22', 'Samsung Galaxy S23', 'Samsung Galaxy A54'],
  Google: ['Google Pixel 6', 'Google Pixel 7', 'Google Pixel 8'],
};
const WATCHES = {
  Breitling: ['Breitling Navitimer'],
  Bulova: ['Bulova Accutron'],
  Cartier: ['Cartier Santos', 'Cartier Tank'],
  Casio: ['Casio Databank', 'Casio EDIFICE', 'Casio F91W'],
  Zenith: ['Zenith El Primero'],
};
const ADDITIONS = [
  { category: '9355', aspect: 'Model', control: 'Brand', by: PHONES, fromMemory: ['values', 'valueConstraints'] },
  { category: '31387', aspect: 'Model', control: 'Brand', by: WATCHES, fromMemory: ['valueConstraints'] },
  { category: '11483', aspect: 'Size', control: 'Size Type', by: { Regular: ['33'] }, fromMemory: [] },
];

function descriptorOf(recorded, category) {
  const { mode, maxLength, applicableToConditionDescriptorIds } = recorded.conditionDescriptorConstraint;
  const values = recorded.conditionDescriptorValues?.map((value) => {
    const only = value.conditionDescriptorValueConstraints?.[0];
    return {
      id: value.conditionDescriptorValueId,
      name: value.conditionDescriptorValueName,
      ...(only && {
        onlyWith: { descriptor: only.applicableToConditionDescriptorId, values: only.applicableToConditionDescriptorValueIds },
      }),
    };
  });
  const id = recorded.conditionDescriptorId;
  return {
    id,
    name: recorded.conditionDescriptorName,
    ...(mode === 'FREE_TEXT' && { mode }),
    ...(maxLength && { maxLength }),
    ...(applicableToConditionDescriptorIds && { dependsOn: applicableToConditionDescriptorIds }),
    ...(values && { values: completed(id, values, category) }),
    ...((id === '27502' || (id === '40001' && category === '183454')) && { valuesFrom: 'field' }),
  };
}

function completed(id, values, category) {
  if (id === '40001' && category === '183454') return GAME_CARD_CONDITIONS;
  if (id !== '27502') return values;
  const at = values.findIndex((value) => value.name === '1');
  return [...values.slice(0, at), ...GRADES_BELOW_5, ...values.slice(at)];
}

function withDescriptors(category) {
  const policy = POLICIES[category.id];
  if (policy === undefined) return category;
  const conditions = policy.itemConditions.map((condition) => {
    const all = condition.conditionDescriptors.map((one) => [one, descriptorOf(one, category.id)]);
    const of = (isRequired) =>
      all.filter(([one]) => (one.conditionDescriptorConstraint.usage === 'REQUIRED') === isRequired).map(([, fact]) => fact);
    return {
      id: condition.conditionId,
      name: condition.conditionDescription,
      ...(condition.conditionHelpText && { helpText: condition.conditionHelpText }),
      requiredDescriptors: of(true),
      ...(of(false).length > 0 && { optionalDescriptors: of(false) }),
    };
  });
  const confidence = DOCUMENTED_CONDITIONS.has(category.id) ? { ...category.confidence, conditions: 'documented' } : category.confidence;
  return { ...category, conditions, confidence };
}

const RECORDED_ASPECTS = { 39464: 'morgan-dollars', 177652: 'gold-coins', 177653: 'silver-coins' };

function withUsage(category) {
  const name = RECORDED_ASPECTS[category.id];
  if (name === undefined) return category;
  const recorded = new Map(
    read(`recorded/aspects-${category.id}-${name}.json`).aspects.map((one) => [one.localizedAspectName, one.aspectConstraint]),
  );
  const aspects = category.aspects.map((aspect) => {
    const constraint = recorded.get(aspect.name);
    return {
      ...aspect,
      ...(constraint?.aspectUsage === 'OPTIONAL' && { usage: 'OPTIONAL' }),
      ...(constraint?.aspectEnabledForVariations && { forVariations: true }),
    };
  });
  return { ...category, aspects };
}

function withDependentValues(category) {
  const additions = ADDITIONS.filter((one) => one.category === category.id);
  const aspects = category.aspects?.map((aspect) => {
    const addition = additions.find((one) => one.aspect === aspect.name);
    if (addition === undefined) return aspect;
    const pairs = Object.entries(addition.by).flatMap(([controlValue, values]) => values.map((value) => [value, controlValue]));
    const fromMemory = [...(aspect.fromMemory ?? []), ...addition.fromMemory];
    return {
      ...aspect,
      ...(aspect.values === undefined && { values: pairs.map(([value]) => value), valuesTrimmed: true }),
      ...(fromMemory.length > 0 && { fromMemory }),
      valueConstraints: Object.fromEntries(pairs.map(([value, other]) => [value, [{ aspect: addition.control, values: [other] }]])),
    };
  });
  return aspects === undefined ? category : { ...category, aspects };
}

const department = (category) => category.ancestors.at(-1).name;
const usual = new Map();
for (const category of facts) {
  if (!category.conditions?.length || category.conditions.some((condition) => condition.requiredDescriptors)) continue;
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

function withConditions(category) {
  if (category.conditions !== undefined) return category;
  const counts = [...(usual.get(department(category)) ?? [])].sort((a, b) => b[1] - a[1]);
  const conditions = counts.length > 0 ? JSON.parse(counts[0][0]) : LARGEST_GROUP;
  return { ...category, conditions, confidence: { ...category.confidence, conditions: 'department-usual' } };
}

const categories = facts.map(({ source: _source, ...category }) =>
  withConditions(withDescriptors(withUsage(withDependentValues(category)))),
);
writeFileSync(to, `[\n${categories.map((category) => JSON.stringify(category)).join(',\n')}\n]\n`);
console.log(`${categories.length} categories`);
