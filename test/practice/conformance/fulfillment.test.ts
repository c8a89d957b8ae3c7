import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openWorld, prepare, publishPath, type World } from '../world.ts';
import { rule } from './rule.ts';

const ORDERS = '/sell/fulfillment/v1/order';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const errorOf = async (path: string, method = 'GET', body?: unknown): Promise<readonly [number, number]> => {
  const { status, body: answer } = await world.call(method, path, body);
  return [status, answer.errors?.[0]?.errorId];
};

let made = 0;

/** A mug goes live; the number of its listing. */
async function listed(stock: number): Promise<string> {
  made += 1;
  const availability = { shipToLocationAvailability: { quantity: stock } };
  const offerId = await prepare(world, `ORDER${made}`, { availability }, { availableQuantity: stock });
  const { status, body } = await world.call('POST', publishPath(offerId));
  expect(status, JSON.stringify(body)).toBe(200);
  return body.listingId;
}

/** A listing goes live and is bought; the order, as eBay's seller sees it. */
async function bought(quantity = 1, stock = 1) {
  const listingId = await listed(stock);
  const { status, body } = await world.call('POST', '/_practice/sales', { listingId, quantity });
  expect(status).toBe(200);
  return body;
}

describe('reading orders', () => {
  rule(
    'orders.sale-makes-order',
    'sell_fulfillment_v1 getOrder',
    'a sale makes an order with line, amounts, fee and payment, and no more stock',
    async () => {
      const order = await bought(2, 3);
      const { status, body } = await world.call('GET', `${ORDERS}/${order.orderId}`);
      expect(status).toBe(200);
      const [line] = body.lineItems;
      expect(line).toMatchObject({ quantity: 2, lineItemFulfillmentStatus: 'NOT_STARTED' });
      expect(Number(body.pricingSummary.total.value)).toBeCloseTo(
        Number(body.pricingSummary.priceSubtotal.value) + Number(body.pricingSummary.deliveryCost.value),
      );
      expect(Number(body.paymentSummary.totalDueSeller.value)).toBeCloseTo(
        Number(body.pricingSummary.total.value) - Number(body.totalMarketplaceFee.value),
      );
      const item = await world.call('GET', `/sell/inventory/v1/inventory_item/${line.sku}`);
      expect(item.body.availability.shipToLocationAvailability.quantity).toBe(1);
    },
  );

  rule('orders.not-more-than-left', 'practice', 'nobody can buy more than is left (409 of the control address)', async () => {
    const listingId = await listed(1);
    expect((await world.call('POST', '/_practice/sales', { listingId, quantity: 2 })).status).toBe(409);
  });

  rule('orders.paging', 'sell_fulfillment_v1 getOrders limit, offset', 'pages of at most 200, told by total and next', async () => {
    await bought();
    await bought();
    const page = await world.call('GET', `${ORDERS}?limit=1`);
    expect(page.body.orders).toHaveLength(1);
    expect(page.body.total).toBeGreaterThan(1);
    expect(page.body.next).toContain('offset=1');
    expect(await errorOf(`${ORDERS}?limit=201`)).toEqual([400, 31100]);
    expect(await errorOf(`${ORDERS}?limit=0`)).toEqual([400, 31100]);
    expect(await errorOf(`${ORDERS}?offset=-1`)).toEqual([400, 31000]);
  });

  rule('orders.ids', 'sell_fulfillment_v1 getOrders orderIds 30900', 'up to 50 order ids overrule the filter', async () => {
    const order = await bought();
    const found = await world.call('GET', `${ORDERS}?orderIds=${order.orderId}&filter=nonsense:1`);
    expect(found.body.orders.map(({ orderId }: { orderId: string }) => orderId)).toEqual([order.orderId]);
    expect(await errorOf(`${ORDERS}?orderIds=${Array.from({ length: 51 }, (_, n) => n).join(',')}`)).toEqual([400, 30900]);
  });

  rule('orders.unknown', 'sell_fulfillment_v1 getOrder 32100', 'an unknown order id is 32100', async () => {
    expect(await errorOf(`${ORDERS}/00-00000-00000`)).toEqual([400, 32100]);
  });

  rule('orders.field-groups', 'sell_fulfillment_v1 getOrders 32800', 'TAX_BREAKDOWN is the only field group', async () => {
    expect((await world.call('GET', `${ORDERS}?fieldGroups=TAX_BREAKDOWN`)).status).toBe(200);
    expect(await errorOf(`${ORDERS}?fieldGroups=ALL`)).toEqual([400, 32800]);
  });

  rule(
    'orders.filter-dates',
    'sell_fulfillment_v1 getOrders filter',
    'creationdate and lastmodifieddate take spans, open at the end or not',
    async () => {
      const order = await bought();
      const filtered = async (filter: string) =>
        (await world.call('GET', `${ORDERS}?filter=${encodeURIComponent(filter)}`)).body.orders.map(
          (one: { orderId: string }) => one.orderId,
        );
      expect(await filtered('creationdate:[2026-01-01T00:00:00.000Z..]')).toContain(order.orderId);
      expect(await filtered('lastmodifieddate:[2025-01-01T00:00:00.000Z..2025-02-01T00:00:00.000Z]')).toEqual([]);
      expect(await filtered('orderfulfillmentstatus:{NOT_STARTED|IN_PROGRESS}')).toContain(order.orderId);
      expect(await filtered('orderfulfillmentstatus:{FULFILLED|IN_PROGRESS}')).not.toContain(order.orderId);
    },
  );

  rule('orders.filter-errors', 'sell_fulfillment_v1 getOrders 30700-30850', 'each wrong filter has its own error', async () => {
    const wrong = (filter: string) => errorOf(`${ORDERS}?filter=${encodeURIComponent(filter)}`);
    expect(await wrong('color:{red}')).toEqual([400, 30700]);
    expect(await wrong('orderfulfillmentstatus:{LOST}')).toEqual([400, 30800]);
    expect(await wrong('creationdate:yesterday')).toEqual([400, 30810]);
    expect(await wrong('creationdate:[..2026-01-01T00:00:00.000Z]')).toEqual([400, 30820]);
    expect(await wrong('creationdate:[2020-01-01T00:00:00.000Z..2026-01-01T00:00:00.000Z]')).toEqual([400, 30830]);
    expect(await wrong('creationdate:[2026-02-01T00:00:00.000Z..2026-01-01T00:00:00.000Z]')).toEqual([400, 30840]);
    expect(await wrong('creationdate:[2999-01-01T00:00:00.000Z..]')).toEqual([400, 30850]);
  });
});

describe('sending and paying back', () => {
  rule(
    'shipments.all-lines',
    'sell_fulfillment_v1 createShippingFulfillment',
    'sent: 201 with Location, the order is FULFILLED and newly modified',
    async () => {
      const order = await bought();
      const answer = await world.call('POST', `${ORDERS}/${order.orderId}/shipping_fulfillment`, {
        lineItems: [{ lineItemId: order.lineItems[0].lineItemId, quantity: 1 }],
        trackingNumber: '9400111899223817',
        shippingCarrierCode: 'USPS',
      });
      expect(answer.status).toBe(201);
      expect(answer.headers.get('location')).toContain('/shipping_fulfillment/');
      const now = (await world.call('GET', `${ORDERS}/${order.orderId}`)).body;
      expect(now.orderFulfillmentStatus).toBe('FULFILLED');
      const list = await world.call('GET', `${ORDERS}/${order.orderId}/shipping_fulfillment`);
      expect(list.body.fulfillments).toHaveLength(1);
      const [{ fulfillmentId }] = list.body.fulfillments;
      expect((await world.call('GET', `${ORDERS}/${order.orderId}/shipping_fulfillment/${fulfillmentId}`)).status).toBe(200);
    },
  );

  rule(
    'shipments.errors',
    'sell_fulfillment_v1 createShippingFulfillment 32100-32500',
    'unknown lines, doubled lines, half a tracking number, a wrong date',
    async () => {
      const order = await bought();
      const path = `${ORDERS}/${order.orderId}/shipping_fulfillment`;
      const { lineItemId } = order.lineItems[0];
      expect(await errorOf(`${ORDERS}/1/shipping_fulfillment`, 'POST', {})).toEqual([400, 32100]);
      expect(await errorOf(path, 'POST', { lineItems: [{ lineItemId: '1' }] })).toEqual([400, 32200]);
      expect(await errorOf(path, 'POST', { lineItems: [{ lineItemId }, { lineItemId }] })).toEqual([400, 32210]);
      expect(await errorOf(path, 'POST', { trackingNumber: '12345678' })).toEqual([400, 32300]);
      expect(await errorOf(path, 'POST', { shippedDate: 'soon' })).toEqual([400, 32500]);
      expect(await errorOf(`${path}/1`)).toEqual([400, 32110]);
    },
  );

  rule(
    'refunds.partial-and-full',
    'sell_fulfillment_v1 issueRefund',
    'a line, then the rest of the order: partly, then fully refunded',
    async () => {
      const order = await bought();
      const path = `${ORDERS}/${order.orderId}/issue_refund`;
      const currency = 'USD';
      const part = await world.call('POST', path, {
        reasonForRefund: 'BUYER_RETURN',
        refundItems: [{ lineItemId: order.lineItems[0].lineItemId, refundAmount: { value: '1.00', currency } }],
      });
      expect(part.body).toMatchObject({ refundStatus: 'REFUNDED' });
      expect((await world.call('GET', `${ORDERS}/${order.orderId}`)).body.orderPaymentStatus).toBe('PARTIALLY_REFUNDED');
      const rest = (Number(order.pricingSummary.total.value) - 1).toFixed(2);
      await world.call('POST', path, { reasonForRefund: 'BUYER_RETURN', orderLevelRefundAmount: { value: rest, currency } });
      const now = (await world.call('GET', `${ORDERS}/${order.orderId}`)).body;
      expect(now.orderPaymentStatus).toBe('FULLY_REFUNDED');
      expect(now.lineItems[0].refunds).toHaveLength(1);
      expect(now.paymentSummary.refunds).toHaveLength(2);
      expect(await errorOf(path, 'POST', { reasonForRefund: 'BUYER_RETURN', orderLevelRefundAmount: { value: '1', currency } })).toEqual([
        400, 34917,
      ]);
    },
  );

  rule('refunds.errors', 'sell_fulfillment_v1 issueRefund 34902-34924', 'each fault of a refund has its own error', async () => {
    const order = await bought();
    const path = `${ORDERS}/${order.orderId}/issue_refund`;
    const reasonForRefund = 'BUYER_CANCEL';
    const whole = (amount: unknown) => errorOf(path, 'POST', { reasonForRefund, orderLevelRefundAmount: amount });
    expect(await errorOf(`${ORDERS}/1/issue_refund`, 'POST', { reasonForRefund })).toEqual([404, 34913]);
    expect(await errorOf(path, 'POST', {})).toEqual([400, 34902]);
    expect(await errorOf(path, 'POST', { comment: 'no reason' })).toEqual([400, 34903]);
    expect(await errorOf(path, 'POST', { reasonForRefund })).toEqual([400, 34905]);
    expect(await whole({ currency: 'USD' })).toEqual([400, 34906]);
    expect(await whole({ value: '-1', currency: 'USD' })).toEqual([400, 34907]);
    expect(await whole({ value: '1' })).toEqual([400, 34908]);
    expect(await whole({ value: '1', currency: 'EUR' })).toEqual([400, 34909]);
    expect(await whole({ value: '99999', currency: 'USD' })).toEqual([400, 34915]);
    const line = (over: unknown) => errorOf(path, 'POST', { reasonForRefund, refundItems: [over] });
    const refundAmount = { value: '1', currency: 'USD' };
    expect(await line({ refundAmount })).toEqual([400, 34910]);
    expect(await line({ lineItemId: '1', refundAmount })).toEqual([400, 34914]);
    expect(await line({ lineItemId: order.lineItems[0].lineItemId, refundAmount: { value: '99999', currency: 'USD' } })).toEqual([
      409, 34924,
    ]);
    expect(await errorOf(path, 'POST', { reasonForRefund, comment: 'x'.repeat(1001) })).toEqual([400, 34921]);
  });
});
