import type { Entry, Of } from './entry.ts';

type ServiceCodes = Of<'provider' | 'batch' | 'breaker' | 'listing' | 'picture' | 'account' | 'practice' | 'service'>;

export const SERVICE_CODES: Readonly<Record<ServiceCodes, Entry>> = {
  'provider.rate-limited': [
    'stopped',
    'The service wants fewer calls in a time.',
    'Nothing; it goes on by itself. Less at once: `services.NAME.concurrency`.',
  ],
  'provider.quota-exhausted': [
    'stopped',
    'The calls of the day are used up.',
    '`resume` after the quota begins anew (eBay: midnight Pacific time).',
  ],
  'provider.unavailable': ['failed', 'The service has a fault of its own.', 'The next run tries again; `doctor` looks whether it answers.'],
  'provider.timeout': ['failed', 'No answer came in time.', 'The next run tries again; `services.NAME.timeoutMs` is the time.'],
  'provider.auth': [
    'stopped',
    'The login or key is not accepted, or does not cover the call.',
    '`auth login`, or set the key anew; `doctor` says which.',
  ],
  'provider.no-credit': ['stopped', 'The account of the service has no money left.', 'Top it up, then `resume`.'],
  'provider.model-missing': [
    'stopped',
    'The service does not have this model for you.',
    'Name another with `--model` or `analysis.model`.',
  ],
  'provider.request-refused': [
    'failed',
    'The service refuses the request itself.',
    'Read the sentence; if it makes no sense, `report --bundle`.',
  ],
  'provider.bad-reply': ['failed', 'The answer was broken, such as a page of a gateway.', 'The next run tries again.'],
  'provider.wrong-shape': [
    'failed',
    'The model answered in another form than was asked for, several times.',
    '`retry-failed`, or another `--model`.',
  ],
  'provider.cut-off': ['failed', 'The model’s answer was cut off.', 'Raise `analysis.maxAnswerLength`.'],
  'provider.empty-reply': ['failed', 'The model answered nothing, several times.', '`retry-failed`, or another `--model`.'],
  'provider.content-filter': [
    'failed',
    'The service’s filter stopped the question or the answer.',
    'Look at the photos; say the facts in a sidecar.',
  ],
  'provider.refused': ['failed', 'The model would not answer.', 'Look at the photos; say the facts in a sidecar.'],
  'provider.no-batches': ['stopped', 'The service takes no batches, or not for this model.', 'Run without `--batch`.'],
  'batch.waiting': ['stopped', 'Its question lies in a batch that is not answered yet.', '`resume` later, or `list --batch` to wait.'],
  'breaker.open': [
    'stopped',
    'The service failed several times and is left alone for a while.',
    '`resume` later; `status` says when it is tried again.',
  ],
  'listing.rejected': [
    'failed',
    'eBay refuses the listing; its words are in the sentence.',
    'Correct what it names, then `retry-failed --item ITEM`.',
  ],
  'listing.policy-missing': ['failed', 'A shipping, payment or return policy is missing or gone.', '`setup`.'],
  'listing.policy-refused': ['failed', 'eBay refuses one of the policies for this listing.', 'Choose another with `setup`.'],
  'listing.location-missing': ['failed', 'The place that you send from is missing.', '`setup`.'],
  'listing.selling-limit': ['stopped', 'Your selling limit on eBay is reached.', 'Ask eBay for more, or `resume` next month.'],
  'listing.on-hold': ['failed', 'eBay has the listing on hold.', 'See to it on eBay.'],
  'listing.not-revisable': [
    'failed',
    'eBay does not let this listing be changed any more.',
    'Change it on eBay, or `withdraw` and list it again.',
  ],
  'listing.package-missing': [
    'held',
    'Your shipping policy needs the weight.',
    '`approve ITEM --set weight=…`, or `listing.packageProfiles`.',
  ],
  'listing.package-estimated': ['held', 'Only a model’s estimate of the weight is there.', '`approve`, or `--set weight=…`.'],
  'listing.package-refused': ['failed', 'eBay refuses weight or size of the parcel.', '`edit ITEM --set weight=…` or `dimensions=…`.'],
  'listing.start-refused': [
    'failed',
    'eBay refuses the time at which it shall go live.',
    'Set `listing.startAt` to a time that eBay takes, or null.',
  ],
  'listing.catalog-required': ['failed', 'eBay wants this from its catalogue.', 'Say the product number: `edit ITEM --set gtin=…`.'],
  'listing.regulatory-missing': [
    'held',
    'New goods on an EU site, and nobody is named who answers for them.',
    '`listing.regulatory` in the settings.',
  ],
  'listing.regulatory-refused': ['failed', 'eBay refuses who is named for the EU.', 'Correct `listing.regulatory`.'],
  'listing.missing': ['failed', 'eBay does not have this listing or offer.', '`sync`, then look at `show ITEM`.'],
  'picture.rejected': ['failed', 'eBay refuses a picture.', 'Replace the photo; the next `list` takes it.'],
  'account.incomplete': [
    'refused',
    'The eBay account lacks something to sell with.',
    'The sentence says what; `doctor` has the whole list.',
  ],
  'account.refused': ['refused', 'eBay does not let this account do it.', 'See to it on eBay.'],
  'account.exists': ['refused', 'A policy or location of this name is there already.', 'Choose it in `setup`.'],
  'practice.unreachable': [
    'stopped',
    'The practice marketplace does not answer.',
    'Run again; it is started by itself. See to EASYFLIP_PRACTICE_URL.',
  ],
  'practice.busy': ['refused', 'Another practice marketplace holds the file.', 'Use that one, or name another `--state`.'],
  'service.paused': ['stopped', 'You stopped this service.', '`unpause SERVICE`.'],
};
