import type { Entry, Of } from './entry.ts';

type ItemCodes = Of<'item' | 'facts' | 'category' | 'condition' | 'aspect' | 'price' | 'text' | 'check'>;

export const ITEM_CODES: Readonly<Record<ItemCodes, Entry>> = {
  'item.no-usable-photos': ['failed', 'None of its photos can be used.', 'Mend or replace them; the next `list` takes them.'],
  'item.possible-duplicate': [
    'held',
    'It shares photos with another item, or looks the same.',
    '`approve` if it is another thing, else `skip`.',
  ],
  'item.same-sku': ['held', 'Two items were given one SKU.', '`approve ITEM --set sku=…`, or `group merge`.'],
  'item.several-pieces': ['held', 'Several things seem to be offered together.', '`approve` for a lot, or `--set quantity=…`.'],
  'item.doubtful-group': ['held', 'Which photos belong together is a guess.', '`approve`, or `group merge`, `split`, `move`.'],
  'item.changed-while-live': [
    'held',
    'Its photos or its sidecar changed after it went live.',
    '`update ITEM`, with `--from-photos` for photos.',
  ],
  'item.regrouped': ['held', 'You grouped its photos anew.', '`list` its folders again.'],
  'item.on-hold': ['held', 'You put it on hold.', '`approve ITEM` to go on.'],
  'item.skipped': ['told', 'You chose not to list it.', '`approve ITEM` to list it after all.'],
  'item.awaits-approval': [
    'held',
    'It is ready, and `publish` is set so that nothing goes live unseen.',
    '`show ITEM`, then `approve ITEM`.',
  ],
  'item.foreign-listing': [
    'held',
    'Its SKU is on eBay already, and nothing shows that it is yours.',
    'Give another SKU, or see to the listing on eBay.',
  ],
  'item.ended-listing': ['held', 'It was sold, ended or withdrawn before.', '`approve ITEM` to list it again.'],
  'item.several-listings': ['held', 'eBay has several listings of its photos.', 'End those that are too many on eBay, then `list`.'],
  'facts.missing': ['held', 'What it needs to be listed is not known.', '`approve ITEM --set NAME=VALUE`.'],
  'facts.uncertain': [
    'held',
    'A fact is less certain than `analysis.confidence`.',
    '`show ITEM`, then `approve`, with `--set` for what is wrong.',
  ],
  'facts.from-fallback': [
    'held',
    'The model failed, and the local analysis stood in.',
    '`list` or `resume` when it answers again; or `approve`.',
  ],
  'category.unknown': ['held', 'No category fits what is known.', '`approve ITEM --set category=ID`, or say its `type`.'],
  'category.ambiguous': ['held', 'Several categories fit.', '`approve ITEM --set department=…` or `--set category=ID`.'],
  'category.not-a-leaf': [
    'failed',
    'The category has others below it; eBay lists in the lowest ones only.',
    '`edit ITEM --set category=ID` with one below.',
  ],
  'category.refused': ['held', 'eBay refuses the category for this listing.', '`approve ITEM --set category=ID` with another.'],
  'condition.unknown': ['held', 'Nobody said how used it is.', '`approve ITEM --set condition=used`, or `defaults.json`.'],
  'condition.not-allowed': [
    'held',
    'The category does not take this condition.',
    '`approve ITEM --set condition=…` with one that it takes.',
  ],
  'condition.doubtful': ['held', 'A flaw was seen that does not go with the condition.', '`approve`, or `--set condition=…` or `flaws=…`.'],
  'aspect.missing': ['held', 'eBay requires a specific that nothing tells.', '`approve ITEM --set Size=M`.'],
  'aspect.not-allowed': ['held', 'eBay does not take this value of a specific.', '`approve ITEM --set NAME=VALUE` with one of eBay’s.'],
  'price.no-basis': ['held', 'Too few comparable listings to ask a price.', '`approve ITEM --set price=24.99`.'],
  'price.refused': ['failed', 'eBay refuses the price.', '`edit ITEM --set price=…`.'],
  'text.unfit': ['held', 'Title or description holds a placeholder or a model’s refusal.', '`approve ITEM --set title=…`.'],
  'check.failed': ['held', 'Something passes a limit of eBay; the sentence says which.', '`approve ITEM --set NAME=VALUE`.'],
  'check.restricted-word': ['held', 'A word that eBay restricts stands in it.', '`approve` if it may be sold, else `skip`.'],
};
