import { isEasyflipError } from '../core/errors.ts';
import type { Receipt } from '../core/listing.ts';
import { defineStage, hold } from '../pipeline/stage.ts';
import { check } from './check.ts';
import { categoryLabel, classify } from './classify.ts';
import { upload } from './upload.ts';

export const publish = defineStage({
  name: 'publish',
  version: 1,
  needs: { classify, check, upload },
  writes: true,
  finishOnStop: true,
  retryHold: true,
  uses: ({ item }) => ({ sku: item.sku }),

  async run({ classify: { category, runnersUp }, check: { content }, upload: { pictures } }, { item, ports, call }) {
    try {
      return (await ports.marketplace.publish({ sku: item.sku, content, pictures }, call)) satisfies Receipt;
    } catch (error) {
      if (!isEasyflipError(error) || !error.code.startsWith('category.')) throw error;
      // Recovery may retry, never alter what was approved: another category is the seller's choice.
      const next = runnersUp[0];
      return hold({
        code: 'category.refused',
        message: `Category ${categoryLabel(category)}: ${error.message}`,
        hint: next
          ? `The next best is ${categoryLabel(next)}: \`easyflip approve ${item.id} --set category=${next.id}\`.`
          : `Choose another leaf category: \`easyflip approve ${item.id} --set category=ID\`.`,
      });
    }
  },
});
