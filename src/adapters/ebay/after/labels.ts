import type { Span } from '../../../core/ports/after-sale.ts';
import type { Call } from '../../../core/ports/outgoing.ts';
import type { ShippingLabel } from '../../../core/sale.ts';
import type { Transport } from '../transport.ts';
import { transactionsAnswer } from './answers.ts';

/** Finances, getTransactions: at most 1,000 a page. */
const PAGE = 1_000;

/**
 * Shipping labels that were bought through eBay (Finances API). A voided label comes as a credit and
 * counts against its cost. Sellers of the EU and the UK need digital signatures for this API, which a
 * program on a desk cannot keep safely: there eBay refuses the call and labels stay unknown.
 */
export async function boughtLabels(transport: Transport, { from, to }: Span, call: Call): Promise<readonly ShippingLabel[]> {
  const labels: ShippingLabel[] = [];
  let total = 1;
  for (let offset = 0; offset < total; offset += PAGE) {
    const page = await transport.request(
      {
        token: 'user',
        service: 'finances',
        operation: 'finances.getTransactions',
        send: (ebay) =>
          ebay.sell.finances.getTransactions({
            filter: `transactionType:{SHIPPING_LABEL},transactionDate:[${from}..${to}]`,
            sort: 'transactionDate',
            limit: PAGE,
            offset,
          }),
        read: transactionsAnswer,
      },
      call,
    );
    total = page.total;
    if (page.transactions.length === 0) break;
    for (const { transactionId, orderId, amount, bookingEntry } of page.transactions) {
      const minor = bookingEntry === 'CREDIT' ? -Math.abs(amount.minor) : Math.abs(amount.minor);
      if (orderId) labels.push({ transactionId: `${transactionId}:${bookingEntry ?? ''}`, orderId, cost: { ...amount, minor } });
    }
  }
  return labels;
}
