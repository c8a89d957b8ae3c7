/** Statements about sales, labels and traffic. */

export const KNOWS_SALE = 'SELECT 1 FROM sales WHERE line_id = ?';

/** A sale stays with the item it was first found for, although the item's SKU may be given again. */
export const RECORD_SALE = `
INSERT INTO sales (line_id, order_id, item_id, sku, listing_id, title, sold_at, quantity, currency, amount_minor, delivery_minor, fee_minor, refunded_minor, state, shipped)
VALUES (@lineId, @orderId, @itemId, @sku, @listingId, @title, @soldAt, @quantity, @currency, @amount, @delivery, @fee, @refunded, @state, @shipped)
ON CONFLICT (line_id) DO UPDATE SET
  quantity = excluded.quantity, amount_minor = excluded.amount_minor, delivery_minor = excluded.delivery_minor,
  fee_minor = coalesce(excluded.fee_minor, fee_minor), refunded_minor = excluded.refunded_minor, state = excluded.state, shipped = excluded.shipped`;

/** Only for orders of ours: what was paid for other sales is none of this program's business. */
export const RECORD_LABEL = `
INSERT INTO labels (transaction_id, order_id, currency, cost_minor)
SELECT @transactionId, @orderId, @currency, @cost WHERE EXISTS (SELECT 1 FROM sales WHERE order_id = @orderId)
ON CONFLICT (transaction_id) DO UPDATE SET cost_minor = excluded.cost_minor`;

/** An order's labels stand with the first of its lines, so that a sum over lines counts them once. */
const SALE_COLUMNS = `
  s.line_id AS lineId, s.order_id AS orderId, s.item_id AS itemId, s.sku, s.listing_id AS listingId, s.title, s.sold_at AS soldAt, s.quantity,
  s.currency, s.amount_minor AS amount, s.delivery_minor AS delivery, s.fee_minor AS fee, s.refunded_minor AS refunded, s.state, s.shipped,
  CASE WHEN s.line_id = (SELECT min(f.line_id) FROM sales f WHERE f.order_id = s.order_id)
    THEN (SELECT sum(l.cost_minor) FROM labels l WHERE l.order_id = s.order_id AND l.currency = s.currency) END AS label`;

export const SALES_OF_ITEM = `SELECT ${SALE_COLUMNS} FROM sales s WHERE s.item_id = ? ORDER BY s.sold_at, s.line_id`;
export const SALES_DURING = `SELECT ${SALE_COLUMNS} FROM sales s WHERE s.sold_at >= ? AND s.sold_at <= ? ORDER BY s.sold_at, s.line_id`;

export const RECORD_TRAFFIC = `
INSERT INTO traffic (listing_id, item_id, since, until, impressions, views, sales)
VALUES (@listingId, @itemId, @since, @until, @impressions, @views, @sales)
ON CONFLICT (listing_id) DO UPDATE SET
  since = excluded.since, until = excluded.until, impressions = excluded.impressions, views = excluded.views, sales = excluded.sales`;
export const TRAFFIC_OF_ITEM = `
SELECT listing_id AS listingId, item_id AS itemId, since, until, impressions, views, sales FROM traffic WHERE item_id = ? ORDER BY until DESC LIMIT 1`;

export const READ_MARK = 'SELECT value FROM meta WHERE key = ?';
export const SET_MARK = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
