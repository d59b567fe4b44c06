-- The order road. Keys of the hot tables begin with the id: the plans of the set-based statements depend on it.

-- Processes that carry orders, each with the lease under which it may send.
CREATE TABLE worker (
    id           uuid        NOT NULL PRIMARY KEY,
    label        text        NOT NULL,
    lease_until  timestamptz NOT NULL,
    oldest_open  uuid        NOT NULL, -- no order that this worker carries has a smaller id
    started_at   timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON worker TO nadi_platform;
-- The right to change the label is the right to lock the row: a placing batch keeps its worker from being declared dead.
GRANT SELECT, UPDATE (label) ON worker TO nadi_app;

CREATE TABLE orders (
    id             uuid        NOT NULL,
    tenant_id      uuid        NOT NULL,
    member_id      uuid        NOT NULL,
    wallet_id      uuid        NOT NULL,
    in_flight_id   uuid        NOT NULL, -- the account that holds its money until it ends
    reference      text        NOT NULL,
    channel        smallint    NOT NULL,
    product_id     uuid        NOT NULL,
    product_code   text        NOT NULL,
    fulfilment     text        NOT NULL,
    destination    text        NOT NULL,
    quantity       integer     NOT NULL,
    sequence       integer     NOT NULL,
    price          bigint      NOT NULL CHECK (price >= 0),
    credit_part    bigint      NOT NULL, -- what of the price was drawn on the member's credit
    currency       text        NOT NULL,
    price_version  bigint      NOT NULL,
    commission     jsonb,                -- the plan as it stood when placed
    balance_before bigint      NOT NULL,
    balance_after  bigint      NOT NULL,
    guard_day      date,                 -- the day of its duplicate slot, where the tenant guards against doubles
    traceparent    text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    -- What changes on the road:
    status         smallint    NOT NULL,
    attempts       smallint    NOT NULL DEFAULT 0,
    owner          uuid,                 -- the worker that carries it; none while it waits for a check or has ended
    fence          bigint      NOT NULL DEFAULT 1,
    updated_at     timestamptz NOT NULL DEFAULT now(),
    cost           bigint,
    sn             text,
    message        text,
    error_code     text,
    PRIMARY KEY (id, tenant_id)
) WITH (fillfactor = 45);
CREATE INDEX orders_member ON orders (member_id, id, tenant_id);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON orders TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON orders TO nadi_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON orders TO nadi_app;
GRANT SELECT, UPDATE (owner, fence, updated_at) ON orders TO nadi_platform;

-- Which request made which order; never expires.
CREATE TABLE idempotency (
    member_id   uuid     NOT NULL,
    reference   text     NOT NULL,
    operation   smallint NOT NULL,
    tenant_id   uuid     NOT NULL,
    hash        bytea    NOT NULL,
    order_id    uuid     NOT NULL,
    PRIMARY KEY (member_id, reference, operation, tenant_id)
);
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotency TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON idempotency FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT ON idempotency TO nadi_app;
GRANT SELECT ON idempotency TO nadi_platform;

-- One order for a product, destination, local day and sequence; freed when the order fails.
CREATE TABLE order_slot (
    destination text    NOT NULL,
    product_id  uuid    NOT NULL,
    day         date    NOT NULL,
    sequence    integer NOT NULL,
    tenant_id   uuid    NOT NULL,
    order_id    uuid    NOT NULL,
    PRIMARY KEY (destination, day, product_id, sequence, tenant_id)
);
ALTER TABLE order_slot ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_slot FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON order_slot TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON order_slot TO nadi_platform USING (true);
GRANT SELECT, INSERT, DELETE ON order_slot TO nadi_app;
GRANT SELECT, DELETE ON order_slot TO nadi_platform;

-- Each try at a supplier. A row in SENDING was committed before the first byte left; without an outcome it is Unknown.
CREATE TABLE attempt (
    order_id     uuid        NOT NULL,
    number       smallint    NOT NULL,
    tenant_id    uuid        NOT NULL,
    supplier_id  uuid        NOT NULL,
    reference    text        NOT NULL, -- what the supplier knows it by
    supplier_code text       NOT NULL,
    cost_expected bigint     NOT NULL,
    owner        uuid        NOT NULL,
    fence        bigint      NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT now(),
    state        smallint    NOT NULL DEFAULT 0,
    finished_at  timestamptz,
    cost         bigint,
    reason       text,
    message      text,
    supplier_ref text,
    PRIMARY KEY (order_id, number, tenant_id)
) WITH (fillfactor = 55);
ALTER TABLE attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON attempt TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON attempt FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT, UPDATE ON attempt TO nadi_app;
GRANT SELECT ON attempt TO nadi_platform;

-- Orders whose attempt waits for an answer or whose outcome is unknown: when to ask again, and who is asking now.
CREATE TABLE order_check (
    order_id    uuid        NOT NULL,
    tenant_id   uuid        NOT NULL,
    attempt     smallint    NOT NULL,
    due_at      timestamptz NOT NULL,
    tries       integer     NOT NULL DEFAULT 0,
    claimed_by  uuid,
    PRIMARY KEY (order_id, tenant_id)
);
CREATE INDEX order_check_due ON order_check (due_at);
ALTER TABLE order_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_check FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON order_check TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON order_check TO nadi_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON order_check TO nadi_app;
GRANT SELECT, UPDATE ON order_check TO nadi_platform;

-- The change feed: thin, append-only, read in the order of transactions. A reader takes only rows of transactions below
-- every running one; ids or times would skip what commits late.
CREATE TABLE order_change (
    xid         xid8     NOT NULL DEFAULT pg_current_xact_id(),
    seq         bigint   NOT NULL GENERATED ALWAYS AS IDENTITY (CACHE 64),
    tenant_id   uuid     NOT NULL,
    order_id    uuid     NOT NULL,
    status      smallint NOT NULL,
    PRIMARY KEY (xid, seq, tenant_id)
);
ALTER TABLE order_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_change FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON order_change TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON order_change TO nadi_platform USING (true);
GRANT SELECT, INSERT ON order_change TO nadi_app;
GRANT SELECT, DELETE ON order_change TO nadi_platform;

-- How far each consumer has read, and which process reads for it now.
CREATE TABLE feed_cursor (
    consumer    text        NOT NULL PRIMARY KEY,
    xid         xid8        NOT NULL DEFAULT '0',
    seq         bigint      NOT NULL DEFAULT 0,
    leased_by   uuid,
    lease_until timestamptz NOT NULL DEFAULT '-infinity'
);
GRANT SELECT, INSERT, UPDATE ON feed_cursor TO nadi_platform;

-- What a person has to look at: a supplier that contradicts itself, an amount that differs.
CREATE TABLE order_case (
    id          uuid        NOT NULL,
    tenant_id   uuid        NOT NULL,
    order_id    uuid        NOT NULL,
    kind        text        NOT NULL,
    evidence    jsonb       NOT NULL,
    opened_at   timestamptz NOT NULL DEFAULT now(),
    closed_at   timestamptz,
    closed_by   uuid,
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, order_id, kind)
);
CREATE INDEX order_case_open ON order_case (tenant_id, id) WHERE closed_at IS NULL;
ALTER TABLE order_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_case FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON order_case TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE ON order_case TO nadi_app;

-- db-scheduler's own table: recurring jobs run once across all processes.
CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
GRANT SELECT, INSERT, UPDATE, DELETE ON scheduled_tasks TO nadi_platform;
