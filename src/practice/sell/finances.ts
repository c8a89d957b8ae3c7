import { DAY_MS, type Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { type Amount, findOrder, type Order } from './order-record.ts';

const LIMIT_MAX = 1_000;
const TYPES = [
  'SALE',
  'REFUND',
  'CREDIT',
  'DISPUTE',
  'NON_SALE_CHARGE',
  'SHIPPING_LABEL',
  'TRANSFER',
  'ADJUSTMENT',
  'WITHDRAWAL',
  'LOAN_REPAYMENT',
  'PURCHASE',
];

interface Transaction {
  readonly transactionId: string;
  readonly transactionType: string;
  readonly transactionStatus: string;
  readonly transactionDate: string;
  readonly bookingEntry: 'CREDIT' | 'DEBIT';
  readonly orderId: string;
  readonly amount: Amount;
  readonly totalFeeAmount?: Amount;
  readonly totalFeeBasisAmount?: Amount;
}

/** Sales, refunds and shipping labels of the practice seller; newest first unless `sort=transactionDate`. 204 for none. */
export function getTransactions(market: Market, request: Request): Reply {
  const limit = Number(request.query.get('limit') ?? 20);
  const offset = Number(request.query.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX || !Number.isInteger(offset) || offset < 0) throw refuse(135003);
  const sort = request.query.get('sort') ?? '-transactionDate';
  if (sort !== 'transactionDate' && sort !== '-transactionDate') throw refuse(135005);
  const fits = transactionFilter(market, request.query.getAll('filter').join(','));
  const found = [...orderTransactions(market), ...labelTransactions(market)]
    .filter(fits)
    .sort((a, b) => a.transactionDate.localeCompare(b.transactionDate) * (sort === 'transactionDate' ? 1 : -1));
  if (found.length === 0) return { status: 204 };
  return {
    status: 200,
    body: { href: request.path, total: found.length, limit, offset, transactions: found.slice(offset, offset + limit) },
  };
}

/** The seller buys a label on eBay: `POST /_practice/labels`. Undefined when there is no such order. */
export function buyLabel(market: Market, orderId: string, cost: Amount): { readonly transactionId: string } | undefined {
  if (findOrder(market, orderId) === undefined) return undefined;
  const transactionId = `L-${market.state.nextNumber('label', 7_001)}`;
  market.state.run(
    'INSERT INTO labels (id, order_id, at, cost) VALUES (?, ?, ?, ?)',
    transactionId,
    orderId,
    market.now(),
    JSON.stringify(cost),
  );
  return { transactionId };
}

function orderTransactions(market: Market): Transaction[] {
  return market.state.all<{ body: string }>('SELECT body FROM orders').flatMap(({ body }) => {
    const order = JSON.parse(body) as Order;
    const { orderId } = order;
    const sale: Transaction = {
      transactionId: `S-${orderId}`,
      transactionType: 'SALE',
      transactionStatus: 'FUNDS_AVAILABLE_FOR_PAYOUT',
      transactionDate: order.creationDate,
      bookingEntry: 'CREDIT',
      orderId,
      amount: order.paymentSummary.totalDueSeller as Amount,
      totalFeeAmount: order.totalMarketplaceFee,
      totalFeeBasisAmount: order.pricingSummary.total,
    };
    const refunds = order.paymentSummary.refunds.map(
      ({ refundId, refundDate, amount }): Transaction => ({
        transactionId: `R-${refundId}`,
        transactionType: 'REFUND',
        transactionStatus: 'FUNDS_AVAILABLE_FOR_PAYOUT',
        transactionDate: refundDate,
        bookingEntry: 'DEBIT',
        orderId,
        amount,
      }),
    );
    return [sale, ...refunds];
  });
}

function labelTransactions(market: Market): Transaction[] {
  return market.state
    .all<{ id: string; order_id: string; at: number; cost: string }>('SELECT id, order_id, at, cost FROM labels')
    .map((row) => ({
      transactionId: row.id,
      transactionType: 'SHIPPING_LABEL',
      transactionStatus: 'FUNDS_AVAILABLE_FOR_PAYOUT',
      transactionDate: new Date(row.at).toISOString(),
      bookingEntry: 'DEBIT',
      orderId: row.order_id,
      amount: JSON.parse(row.cost) as Amount,
    }));
}

function transactionFilter(market: Market, filter: string): (one: Transaction) => boolean {
  const types = /transactionType:\{([^}]*)\}/.exec(filter)?.[1]?.split('|');
  if (types?.some((type) => !TYPES.includes(type))) throw refuse(135006);
  const range = /transactionDate:\[([^\]]*)\]/.exec(filter)?.[1];
  if (filter.includes('transactionDate') && range === undefined) throw refuse(135008);
  const [from, to] = range === undefined ? [0, Number.POSITIVE_INFINITY] : datesOf(market, range);
  const order = /orderId:\{([^}]*)\}/.exec(filter)?.[1];
  return ({ transactionType, transactionDate, orderId }) => {
    const at = Date.parse(transactionDate);
    return (types === undefined || types.includes(transactionType)) && at >= from && at <= to && (order === undefined || order === orderId);
  };
}

function datesOf(market: Market, range: string): readonly [number, number] {
  const [start = '', end = ''] = range.split('..');
  const from = Date.parse(start);
  const to = end === '' ? market.now() : Date.parse(end);
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) throw refuse(135008);
  if (from < market.now() - 5 * 366 * DAY_MS) throw refuse(135015);
  if (to - from > 36 * 31 * DAY_MS) throw refuse(135016);
  return [from, to];
}
