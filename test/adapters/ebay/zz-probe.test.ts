import { test } from 'vitest';
import { practiceWorld } from './practice-world.ts';
import { call } from '../../contract/marketplace.ts';
test('probe', async () => {
  const w = await practiceWorld();
  const m = w.connect();
  for (const words of ['headphones', 'digital camera', 'mens t-shirt', 'mp3 player', 'coffee mug', 'video game controller', 'hardcover book', 'womens handbag']) {
    const s = await m.suggestCategories(words, call());
    const id = s[0]?.id ?? '';
    const c = id ? await m.comparables({ words, categoryId: id }, call()) : [];
    const a = id ? await m.aspects(id, call()) : [];
    console.log(words, s[0]?.name, id, c.length, a.filter((x) => x.required).map((x) => `${x.name}:${x.mode}:${x.values.length}`), JSON.stringify(c[0]), (await m.conditions(id, call())).allowed.length);
  }
  await w.close();
});
