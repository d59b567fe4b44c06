-- The set-based statements of the order road, one call and one commit for a batch of one tenant.
--
-- They are functions because a batch needs two statements (lock, then decide on what the lock shows) in one round trip.
-- Each binds its tenant for its own transaction, runs as its caller under the policies, and keeps generic plans with
-- nested loops: on small batches over large tables the planner's merge and hash joins are many times slower.
-- A changed signature gets a new number, so that two releases can run side by side.

-- Places a batch: locks the wallets in the order of their ids, recognises what was placed before, decides each order
-- against what its wallet can still spend and against the guards that count, and writes idempotency key, order,
-- postings, duplicate slot and feed row of the accepted ones.
--
-- outcome: 0 accepted, 1 the same request again, 2 the reference belongs to another request, 3 balance too small,
--          4 the slot is taken, 5 the destination's daily limit is reached, 6 no such wallet, 7 a debt stops new orders
CREATE OR REPLACE FUNCTION place_orders_1(
    p_tenant uuid, p_owner uuid,
    p_id uuid[], p_member uuid[], p_reference text[], p_operation smallint[], p_hash bytea[],
    p_wallet uuid[], p_in_flight uuid[], p_channel smallint[], p_product uuid[], p_product_code text[],
    p_fulfilment text[], p_destination text[], p_quantity integer[], p_sequence integer[],
    p_price bigint[], p_currency text[], p_price_version bigint[], p_commission text[], p_traceparent text[],
    p_guard_day date[], p_has_daily_max boolean, p_daily_max integer[], p_posting uuid[], p_credit_posting uuid[])
RETURNS TABLE (ord bigint, outcome smallint, order_id uuid, balance_before bigint, balance_after bigint, owed bigint)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_mergejoin = off SET enable_hashjoin = off SET enable_seqscan = off
SET enable_bitmapscan = off SET cpu_tuple_cost = 1
AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    -- Whoever takes over from a dead worker removes its row first: either it waits for us and finds these orders, or we
    -- find no row and place nothing.
    PERFORM 1 FROM worker WHERE id = p_owner FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'worker % has no lease', p_owner USING ERRCODE = 'ND001';
    END IF;
    PERFORM 1 FROM wallet w WHERE w.id = ANY (p_wallet) ORDER BY w.id FOR NO KEY UPDATE;
    -- A destination's orders of the day are counted from its slots; the lock keeps two batches from counting at once.
    IF p_has_daily_max THEN
        PERFORM pg_advisory_xact_lock(k.key)
            FROM (SELECT DISTINCT hashtextextended(p_tenant::text || d.destination, 0) AS key
                    FROM unnest(p_destination, p_daily_max) AS d(destination, daily_max)
                   WHERE d.daily_max IS NOT NULL ORDER BY 1) k;
    END IF;
    RETURN QUERY
    WITH req AS MATERIALIZED (
        SELECT * FROM unnest(
            p_id, p_member, p_reference, p_operation, p_hash, p_wallet, p_in_flight, p_channel, p_product,
            p_product_code, p_fulfilment, p_destination, p_quantity, p_sequence, p_price, p_currency, p_price_version,
            p_commission, p_traceparent, p_guard_day, p_daily_max, p_posting, p_credit_posting) WITH ORDINALITY
            AS r(id, member, reference, operation, hash, wallet, in_flight, channel, product,
                 product_code, fulfilment, destination, quantity, sequence, price, currency, price_version,
                 commission, traceparent, guard_day, daily_max, posting, credit_posting, ord)),
    seen AS MATERIALIZED (
        SELECT r.*, i.order_id AS known_order, i.hash = r.hash AS known_same,
               w.posted, w.held, w.owed, w.version,
               greatest(w.posted - w.held - w.minimum, 0) AS available,
               greatest(w.credit_limit - w.owed, 0) AS credit,
               CASE WHEN i.order_id IS NOT NULL
                      THEN CASE WHEN i.order_id = r.id THEN 0 WHEN i.hash = r.hash THEN 1 ELSE 2 END
                    WHEN w.id IS NULL THEN 6
                    WHEN w.owed > w.credit_limit THEN 7
                    WHEN r.guard_day IS NOT NULL AND EXISTS (
                        SELECT FROM order_slot s
                         WHERE s.destination = r.destination AND s.day = r.guard_day AND s.product_id = r.product
                           AND s.sequence = r.sequence) THEN 4
                    WHEN r.daily_max IS NOT NULL AND r.daily_max <= (
                        SELECT count(*) FROM order_slot s
                         WHERE s.destination = r.destination AND s.day = r.guard_day) THEN 5
               END AS verdict
          FROM req r
          LEFT JOIN idempotency i
            ON i.member_id = r.member AND i.reference = r.reference AND i.operation = r.operation
          LEFT JOIN wallet w ON w.id = r.wallet),
    spending AS (
        SELECT s.*, greedy_spend(s.price, s.available + s.credit) OVER (PARTITION BY s.wallet ORDER BY s.ord) AS spent
          FROM seen s WHERE s.verdict IS NULL),
    fitting AS (
        SELECT s.*, lag(s.spent, 1, 0::bigint) OVER (PARTITION BY s.wallet ORDER BY s.ord) AS spent_before
          FROM spending s),
    decided AS MATERIALIZED (
        SELECT f.*, f.spent - f.spent_before = f.price AS ok,
               least(f.spent, f.available) - least(f.spent_before, f.available) AS wallet_part,
               f.posted - least(f.spent_before, f.available) AS before,
               f.posted - least(f.spent, f.available) AS after,
               -- A version for each posting on the wallet: those that fit and take something from it.
               f.version + count(*) FILTER (
                   WHERE f.spent > f.spent_before AND f.spent_before < f.available)
                   OVER (PARTITION BY f.wallet ORDER BY f.ord) AS new_version
          FROM fitting f),
    accepted AS MATERIALIZED (SELECT * FROM decided d WHERE d.ok),
    keys AS (
        INSERT INTO idempotency (member_id, reference, operation, tenant_id, hash, order_id)
        SELECT a.member, a.reference, a.operation, p_tenant, a.hash, a.id FROM accepted a),
    new_orders AS (
        INSERT INTO orders (id, tenant_id, member_id, wallet_id, in_flight_id, reference, channel, product_id,
                            product_code, fulfilment, destination, quantity, sequence, price, credit_part, currency,
                            price_version, commission, balance_before, balance_after, guard_day, traceparent, status,
                            owner)
        SELECT a.id, p_tenant, a.member, a.wallet, a.in_flight, a.reference, a.channel, a.product,
               a.product_code, a.fulfilment, a.destination, a.quantity, a.sequence, a.price, a.price - a.wallet_part,
               a.currency, a.price_version, a.commission::jsonb, a.before, a.after, a.guard_day, a.traceparent, 1,
               p_owner
          FROM accepted a),
    slots AS (
        INSERT INTO order_slot (destination, product_id, day, sequence, tenant_id, order_id)
        SELECT a.destination, a.product, a.guard_day, a.sequence, p_tenant, a.id
          FROM accepted a WHERE a.guard_day IS NOT NULL
         ORDER BY a.destination, a.guard_day, a.product, a.sequence),
    -- One insert for both parts: each insert into postings costs its set-up again, however few rows it has.
    debits AS (
        INSERT INTO posting (id, tenant_id, debit_account, credit_account, amount, kind, subject_id,
                             debit_version, debit_before, debit_after, currency)
        SELECT a.posting, p_tenant, a.wallet, a.in_flight, a.wallet_part, 1, a.id,
               a.new_version, a.before, a.after, a.currency
          FROM accepted a WHERE a.wallet_part > 0
        UNION ALL
        SELECT a.credit_posting, p_tenant, w.receivable_id, a.in_flight, a.price - a.wallet_part, 1, a.id,
               NULL::bigint, NULL::bigint, NULL::bigint, a.currency
          FROM accepted a JOIN wallet w ON w.id = a.wallet WHERE a.price > a.wallet_part),
    balances AS (
        UPDATE wallet w
           SET posted = w.posted - t.taken, owed = w.owed + t.drawn, version = t.version
          FROM (SELECT a.wallet, sum(a.wallet_part)::bigint AS taken, sum(a.price - a.wallet_part)::bigint AS drawn,
                       max(a.new_version) AS version
                  FROM accepted a GROUP BY a.wallet) t
         WHERE w.id = t.wallet),
    feed AS (
        INSERT INTO order_change (tenant_id, order_id, status) SELECT p_tenant, a.id, 1 FROM accepted a)
    SELECT s.ord, s.verdict::smallint, coalesce(s.known_order, s.id), NULL::bigint, NULL::bigint, s.owed
      FROM seen s WHERE s.verdict IS NOT NULL
    UNION ALL
    SELECT d.ord, (CASE WHEN d.ok THEN 0 ELSE 3 END)::smallint, d.id, d.before, d.after, d.owed FROM decided d;
END $$;

-- Begins attempts: the right to send is this row, written only for the worker that owns the order under its fence, while
-- the order may be sent and the attempt is its next. Answers the orders that may be sent.
CREATE OR REPLACE FUNCTION begin_attempts_1(
    p_tenant uuid, p_owner uuid, p_from_mask integer,
    p_order uuid[], p_fence bigint[], p_number smallint[], p_supplier uuid[], p_reference text[],
    p_supplier_code text[], p_cost bigint[])
RETURNS TABLE (order_id uuid)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_mergejoin = off SET enable_hashjoin = off SET enable_seqscan = off
SET enable_bitmapscan = off SET cpu_tuple_cost = 1
AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    RETURN QUERY
    WITH req AS MATERIALIZED (
        SELECT * FROM unnest(p_order, p_fence, p_number, p_supplier, p_reference, p_supplier_code, p_cost)
            AS r(id, fence, number, supplier, reference, supplier_code, cost)),
    started AS (
        UPDATE orders o SET status = 2, attempts = r.number, updated_at = now()
          FROM req r
         WHERE o.id = r.id AND o.owner = p_owner AND o.fence = r.fence
           AND ((1 << o.status) & p_from_mask) <> 0 AND o.attempts = r.number - 1
        -- With all that follows, so that nothing is joined to the request again: two lists of a batch joined by nested
        -- loops cost the square of its size.
        RETURNING r.*),
    rows AS (
        INSERT INTO attempt (order_id, number, tenant_id, supplier_id, reference, supplier_code, cost_expected, owner,
                             fence)
        SELECT s.id, s.number, p_tenant, s.supplier, s.reference, s.supplier_code, s.cost, p_owner, s.fence
          FROM started s),
    feed AS (
        INSERT INTO order_change (tenant_id, order_id, status) SELECT p_tenant, s.id, 2 FROM started s)
    SELECT s.id FROM started s;
END $$;

-- Records what became of attempts and, where that ends an order, settles it: revenue and cost, or the money back to the
-- wallet (a debt is paid first). Everything that is written derives from the rows that the first UPDATE gives back, so
-- that an outcome that changes nothing writes nothing.
--
-- p_to: the order's next status; p_attempt_state: 1 delivered, 2 pending, 3 rejected, 4 unknown.
-- p_from_mask: a bit for each status from which that step is allowed. p_fence NULL: any (a supplier's own message).
-- Answers the orders that it changed; where the others stand tells order_statuses_1.
CREATE OR REPLACE FUNCTION settle_orders_1(
    p_tenant uuid, p_revenue uuid[], p_cost_of_sales uuid[],
    p_order uuid[], p_attempt smallint[], p_fence bigint[], p_from_mask integer[], p_to smallint[],
    p_attempt_state smallint[], p_cost bigint[], p_sn text[], p_message text[], p_error_code text[],
    p_supplier_ref text[], p_due timestamptz[], p_deposit uuid[],
    p_posting uuid[], p_second_posting uuid[])
RETURNS TABLE (order_id uuid, status smallint)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_mergejoin = off SET enable_hashjoin = off SET enable_seqscan = off
SET enable_bitmapscan = off SET cpu_tuple_cost = 1
AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    -- Wallets that may be paid back are locked first and in order, as everywhere.
    IF 11 = ANY (p_to) THEN
        PERFORM 1 FROM wallet w
          WHERE w.id = ANY (ARRAY(SELECT o.wallet_id
                                    FROM unnest(p_order, p_to) AS r(id, target) JOIN orders o ON o.id = r.id
                                   WHERE r.target = 11))
          ORDER BY w.id FOR NO KEY UPDATE;
    END IF;
    RETURN QUERY
    WITH req AS MATERIALIZED (
        SELECT * FROM unnest(p_order, p_attempt, p_fence, p_from_mask, p_to, p_attempt_state, p_cost, p_sn, p_message,
                             p_error_code, p_supplier_ref, p_due, p_deposit, p_revenue, p_cost_of_sales,
                             p_posting, p_second_posting)
            AS r(id, attempt, fence, from_mask, target, attempt_state, cost, sn, message,
                 error_code, supplier_ref, due, deposit, revenue, cost_of_sales, posting, second_posting)),
    ended AS (
        UPDATE orders o
           SET status = r.target, updated_at = now(), cost = CASE WHEN r.target = 10 THEN r.cost END,
               sn = r.sn, message = r.message, error_code = r.error_code,
               -- Carried on only where the next supplier is to be tried at once. A supplier's own message (no fence)
               -- that leaves the order open takes it from nobody: who has the call in flight still has to end it.
               owner = CASE WHEN r.target = 2 AND r.due IS NULL OR r.target < 10 AND r.fence IS NULL THEN o.owner END
          FROM req r
         WHERE o.id = r.id AND ((1 << o.status) & r.from_mask) <> 0 AND o.attempts = r.attempt
           AND (r.fence IS NULL OR o.fence = r.fence)
        RETURNING o.id, o.wallet_id, o.in_flight_id, o.price, o.credit_part, o.currency, o.guard_day, o.destination,
                  o.product_id, o.sequence, r.target, r.attempt, r.attempt_state, r.cost, r.message, r.error_code,
                  r.supplier_ref, r.due, r.deposit, r.revenue, r.cost_of_sales, r.posting, r.second_posting),
    attempts AS (
        UPDATE attempt a
           SET state = e.attempt_state, finished_at = now(), cost = e.cost, reason = e.error_code,
               message = e.message, supplier_ref = coalesce(e.supplier_ref, a.supplier_ref)
          FROM ended e WHERE a.order_id = e.id AND a.number = e.attempt),
    refunds AS MATERIALIZED (
        SELECT e.*, w.posted, w.owed, w.version, w.receivable_id,
               sum(e.price) OVER (PARTITION BY e.wallet_id ORDER BY e.id) AS returned,
               sum(e.price) OVER (PARTITION BY e.wallet_id ORDER BY e.id) - e.price AS returned_before
          FROM ended e JOIN wallet w ON w.id = e.wallet_id
         WHERE e.target = 11 AND e.price > 0),
    shares AS MATERIALIZED (
        SELECT r.*, (r.price - (least(r.returned, r.owed) - least(r.returned_before, r.owed)))::bigint AS wallet_part,
               (r.posted + greatest(r.returned_before - r.owed, 0))::bigint AS before,
               (r.posted + greatest(r.returned - r.owed, 0))::bigint AS after,
               r.version + count(*) FILTER (WHERE r.returned > r.owed)
                   OVER (PARTITION BY r.wallet_id ORDER BY r.id) AS new_version
          FROM refunds r),
    -- One insert for all: each insert into postings costs its set-up again, however few rows it has.
    postings AS (
        INSERT INTO posting (id, tenant_id, debit_account, credit_account, amount, kind, subject_id,
                             credit_version, credit_before, credit_after, currency)
        SELECT e.posting, p_tenant, e.in_flight_id, e.revenue, e.price, 2, e.id,
               NULL::bigint, NULL::bigint, NULL::bigint, e.currency
          FROM ended e WHERE e.target = 10 AND e.price > 0
        UNION ALL
        SELECT e.second_posting, p_tenant, e.cost_of_sales, e.deposit, e.cost, 3, e.id,
               NULL::bigint, NULL::bigint, NULL::bigint, e.currency
          FROM ended e WHERE e.target = 10 AND e.cost > 0
        UNION ALL
        SELECT s.posting, p_tenant, s.in_flight_id, s.wallet_id, s.wallet_part, 4, s.id,
               s.new_version, s.before, s.after, s.currency
          FROM shares s WHERE s.wallet_part > 0
        UNION ALL
        SELECT s.second_posting, p_tenant, s.in_flight_id, s.receivable_id, s.price - s.wallet_part, 4, s.id,
               NULL::bigint, NULL::bigint, NULL::bigint, s.currency
          FROM shares s WHERE s.price > s.wallet_part),
    balances AS (
        UPDATE wallet w
           SET posted = w.posted + t.given, owed = w.owed - t.paid, version = t.version
          FROM (SELECT s.wallet_id, sum(s.wallet_part)::bigint AS given, sum(s.price - s.wallet_part)::bigint AS paid,
                       max(s.new_version) AS version
                  FROM shares s GROUP BY s.wallet_id) t
         WHERE w.id = t.wallet_id),
    freed AS (
        DELETE FROM order_slot s USING ended e
         WHERE e.target = 11 AND e.guard_day IS NOT NULL AND s.destination = e.destination AND s.day = e.guard_day
           AND s.product_id = e.product_id AND s.sequence = e.sequence AND s.order_id = e.id),
    awaited AS (
        INSERT INTO order_check (order_id, tenant_id, attempt, due_at)
        SELECT e.id, p_tenant, e.attempt, e.due FROM ended e WHERE e.due IS NOT NULL
        ON CONFLICT (order_id, tenant_id)
            DO UPDATE SET due_at = excluded.due_at, attempt = excluded.attempt, claimed_by = NULL,
                          tries = order_check.tries + 1),
    answered AS (
        DELETE FROM order_check c USING ended e WHERE c.order_id = e.id AND e.due IS NULL),
    feed AS (
        INSERT INTO order_change (tenant_id, order_id, status) SELECT p_tenant, e.id, e.target FROM ended e)
    SELECT e.id, e.target FROM ended e;
END $$;

-- Where orders stand that a settlement did not change: seldom asked, so it is not part of that statement.
CREATE OR REPLACE FUNCTION order_statuses_1(p_tenant uuid, p_order uuid[])
RETURNS TABLE (order_id uuid, status smallint)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    RETURN QUERY SELECT o.id, o.status FROM orders o WHERE o.id = ANY (p_order);
END $$;

REVOKE ALL ON FUNCTION place_orders_1, begin_attempts_1, settle_orders_1, order_statuses_1 FROM PUBLIC;
GRANT EXECUTE ON FUNCTION place_orders_1, begin_attempts_1, settle_orders_1, order_statuses_1 TO nadi_app;
