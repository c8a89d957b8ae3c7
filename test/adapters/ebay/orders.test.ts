import { expect, it } from 'vitest';
import { ordersAnswer } from '../../../src/adapters/ebay/after/answers.ts';
import { salesOf } from '../../../src/adapters/ebay/after/orders.ts';

const usd = (value: string) => ({ value, currency: 'USD' });

/** An order in the shape of Fulfillment getOrders, with everything about the buyer that eBay sends along. */
const order = (over: Record<string, unknown> = {}, lines: readonly Record<string, unknown>[] = [line('1', '30.00')]) => ({
  orderId: '17-10001-00001',
  creationDate: '2026-11-20T10:00:00.000Z',
  lastModifiedDate: '2026-11-21T10:00:00.000Z',
  orderPaymentStatus: 'PAID',
  cancelStatus: { cancelState: 'NONE_REQUESTED' },
  buyer: { username: 'some-buyer', taxAddress: { postalCode: '95125' }, buyerRegistrationAddress: { fullName: 'Ann Buyer' } },
  lineItems: lines,
  ...over,
});

const line = (id: string, cost: string, over: Record<string, unknown> = {}) => ({
  lineItemId: id,
  legacyItemId: `1105000000${id}`,
  sku: `EF${id}`,
  title: `Thing ${id}`,
  quantity: 1,
  lineItemCost: usd(cost),
  lineItemFulfillmentStatus: 'NOT_STARTED',
  ...over,
});

function sales(...orders: readonly unknown[]) {
  const answer = ordersAnswer({ total: orders.length, orders });
  if (answer === undefined) throw new Error('the answer was not understood');
  return answer.orders.flatMap(salesOf);
}

it('an order of two lines: the fee is shared by what they cost, to the cent', () => {
  const [first, second] = sales(order({ totalMarketplaceFee: usd('5.01') }, [line('1', '20.00'), line('2', '10.00')]));
  expect(first).toMatchObject({ amount: { minor: 2000 }, fee: { minor: 334 }, state: 'paid', shipped: false, sku: 'EF1' });
  expect(second).toMatchObject({ amount: { minor: 1000 }, fee: { minor: 167 } });
});

it('nothing about the buyer is kept', () => {
  expect(JSON.stringify(sales(order()))).not.toMatch(/buyer|Ann|95125/i);
});

it('discounts, delivery and its discount', () => {
  const [sale] = sales(
    order({}, [
      line('1', '30.00', {
        discountedLineItemCost: usd('27.00'),
        deliveryCost: { shippingCost: usd('6.50'), discountAmount: usd('-1.50') },
      }),
    ]),
  );
  expect(sale).toMatchObject({ amount: { minor: 2700 }, delivery: { minor: 500 } });
});

it('refunds: by line, for the order, failed ones not, the whole amount ends the sale', () => {
  const partly = sales(
    order(
      {
        paymentSummary: {
          refunds: [
            { amount: usd('6.00'), refundStatus: 'REFUNDED' },
            { amount: usd('99.00'), refundStatus: 'FAILED' },
          ],
        },
      },
      [line('1', '20.00', { refunds: [{ amount: usd('3.00') }] }), line('2', '10.00')],
    ),
  );
  expect(partly.map(({ refunded, state }) => [refunded.minor, state])).toEqual([
    [500, 'paid'],
    [100, 'paid'],
  ]);
  expect(sales(order({ orderPaymentStatus: 'FULLY_REFUNDED' }))[0]).toMatchObject({ state: 'refunded' });
  const [whole] = sales(order({ paymentSummary: { refunds: [{ amount: usd('30.00') }] } }));
  expect(whole).toMatchObject({ state: 'refunded', refunded: { minor: 3000 } });
});

it('cancelled and unpaid orders are told as what they are', () => {
  expect(sales(order({ cancelStatus: { cancelState: 'CANCELED' } }))[0]).toMatchObject({ state: 'cancelled' });
  expect(sales(order({ orderPaymentStatus: 'PENDING' }))[0]).toMatchObject({ state: 'unpaid' });
});

it('an answer without lines or with an amount that is none is not guessed at', () => {
  expect(ordersAnswer({ total: 1, orders: [{ orderId: '1' }] })).toBeUndefined();
  expect(ordersAnswer({ total: 1, orders: [order({}, [line('1', 'many')])] })).toBeUndefined();
  expect(ordersAnswer('')).toBeUndefined();
});
