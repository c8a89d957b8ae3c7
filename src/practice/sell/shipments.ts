import type { Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';
import { saveOrder } from './order-record.ts';
import { mustFindOrder } from './orders.ts';

const FIRST_SHIPMENT = 9_400_000_001;

interface Shipment {
  readonly fulfillmentId: string;
  readonly shipmentTrackingNumber?: string;
  readonly shippingCarrierCode?: string;
  readonly shippedDate: string;
  readonly lineItems: readonly { readonly lineItemId: string; readonly quantity: number }[];
}

interface Details {
  readonly lineItems?: readonly { readonly lineItemId?: string; readonly quantity?: number }[];
  readonly shippedDate?: string;
  readonly shippingCarrierCode?: string;
  readonly trackingNumber?: string;
}

/** Marks lines as sent: 201 with the address of the fulfilment, no body. Without lines, all of them. */
export function createShippingFulfillment(market: Market, request: Request): Reply {
  const order = mustFindOrder(market, request);
  const { lineItems, shippedDate, shippingCarrierCode, trackingNumber } = jsonBody(request) as Details;
  const wanted = lineItems ?? order.lineItems.map(({ lineItemId }) => ({ lineItemId }));
  const ids = wanted.map(({ lineItemId }) => lineItemId ?? '');
  if (new Set(ids).size < ids.length) throw refuse(32210);
  const unknown = ids.find((id) => !order.lineItems.some(({ lineItemId }) => lineItemId === id));
  if (unknown !== undefined) throw refuse(32200, [unknown]);
  if ((trackingNumber === undefined) !== (shippingCarrierCode === undefined)) throw refuse(32300);
  if (trackingNumber !== undefined && !/^[A-Za-z0-9-]{4,40}$/.test(trackingNumber)) throw refuse(32300);
  if (shippedDate !== undefined && Number.isNaN(Date.parse(shippedDate))) throw refuse(32500);

  const fulfillmentId = String(market.state.nextNumber('shipment', FIRST_SHIPMENT));
  const shipment: Shipment = {
    fulfillmentId,
    ...(trackingNumber === undefined ? {} : { shipmentTrackingNumber: trackingNumber }),
    ...(shippingCarrierCode === undefined ? {} : { shippingCarrierCode }),
    shippedDate: shippedDate ?? new Date(market.now()).toISOString(),
    lineItems: order.lineItems
      .filter(({ lineItemId }) => ids.includes(lineItemId))
      .map(({ lineItemId, quantity }) => ({ lineItemId, quantity })),
  };
  market.state.run('INSERT INTO shipments (id, order_id, body) VALUES (?, ?, ?)', fulfillmentId, order.orderId, JSON.stringify(shipment));
  const href = `https://api.ebay.com/sell/fulfillment/v1/order/${order.orderId}/shipping_fulfillment/${fulfillmentId}`;
  const lines = order.lineItems.map((line) =>
    ids.includes(line.lineItemId) ? { ...line, lineItemFulfillmentStatus: 'FULFILLED' as const } : line,
  );
  const isDone = lines.every(({ lineItemFulfillmentStatus }) => lineItemFulfillmentStatus === 'FULFILLED');
  saveOrder(market, {
    ...order,
    lineItems: lines,
    orderFulfillmentStatus: isDone ? 'FULFILLED' : order.orderFulfillmentStatus,
    fulfillmentHrefs: [...order.fulfillmentHrefs, href],
  });
  return { status: 201, headers: { Location: href } };
}

export function getShippingFulfillments(market: Market, request: Request): Reply {
  const { orderId } = mustFindOrder(market, request);
  const rows = market.state.all<{ body: string }>('SELECT body FROM shipments WHERE order_id = ? ORDER BY id', orderId);
  return { status: 200, body: { total: rows.length, fulfillments: rows.map(({ body }) => JSON.parse(body) as Shipment) } };
}

export function getShippingFulfillment(market: Market, request: Request): Reply {
  const { orderId } = mustFindOrder(market, request);
  const id = request.params.fulfillmentId ?? '';
  const row = market.state.get<{ body: string }>('SELECT body FROM shipments WHERE order_id = ? AND id = ?', orderId, id);
  if (row === undefined) throw refuse(32110, [id]);
  return { status: 200, body: JSON.parse(row.body) as Shipment };
}
