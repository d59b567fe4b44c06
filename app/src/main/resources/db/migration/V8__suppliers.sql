CREATE TABLE supplier (
    id                 uuid        NOT NULL,
    tenant_id          uuid        NOT NULL REFERENCES tenant,
    name               text        NOT NULL,
    adapter            text        NOT NULL,
    base_url           text        NOT NULL,
    credentials_sealed bytea       NOT NULL, -- what the adapter signs with, as it names it
    connection_key     text        NOT NULL, -- the unguessable part of its callback address
    active             boolean     NOT NULL DEFAULT true,
    balance            bigint,
    balance_at         timestamptz,
    catalogue_at       timestamptz,
    last_error         text,
    last_error_at      timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, name)
);
CREATE UNIQUE INDEX supplier_connection ON supplier (connection_key, tenant_id);
ALTER TABLE supplier ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON supplier TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON supplier FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT, UPDATE ON supplier TO nadi_app;
GRANT SELECT (id, tenant_id, active) ON supplier TO nadi_platform;

-- One product, many suppliers.
CREATE TABLE supplier_product (
    supplier_id   uuid        NOT NULL,
    product_id    uuid        NOT NULL,
    tenant_id     uuid        NOT NULL REFERENCES tenant,
    code          text        NOT NULL, -- what the supplier calls it
    cost          bigint      NOT NULL CHECK (cost > 0),
    priority      integer     NOT NULL DEFAULT 100, -- the smaller comes first
    active        boolean     NOT NULL DEFAULT true, -- ours to switch
    available     boolean     NOT NULL DEFAULT true, -- as the supplier's list says
    stock         bigint,                            -- none: unlimited
    repeatable    boolean     NOT NULL DEFAULT true, -- the same destination again on one day
    cut_off_from  time,
    cut_off_until time,
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (supplier_id, product_id, tenant_id),
    FOREIGN KEY (supplier_id, tenant_id) REFERENCES supplier (id, tenant_id),
    FOREIGN KEY (product_id, tenant_id) REFERENCES product (id, tenant_id)
);
CREATE INDEX supplier_product_product ON supplier_product (product_id, tenant_id);
ALTER TABLE supplier_product ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier_product FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON supplier_product TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON supplier_product TO nadi_app;

-- What was said between us and a supplier, secrets masked.
CREATE TABLE supplier_call (
    id          uuid        NOT NULL,
    tenant_id   uuid        NOT NULL,
    supplier_id uuid        NOT NULL,
    order_id    uuid,
    attempt     smallint,
    kind        text        NOT NULL, -- BUY, CHECK, CALLBACK, BALANCE, PRICE_LIST
    request     text        NOT NULL,
    response    text        NOT NULL,
    http_status integer,
    outcome     text        NOT NULL,
    started_at  timestamptz NOT NULL,
    took_ms     integer     NOT NULL,
    PRIMARY KEY (id, tenant_id)
);
CREATE INDEX supplier_call_order ON supplier_call (order_id, tenant_id) WHERE order_id IS NOT NULL;
ALTER TABLE supplier_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier_call FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON supplier_call TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT ON supplier_call TO nadi_app;

-- Messages from outside, stored before they are answered and applied after; each once.
CREATE TABLE supplier_message (
    id           uuid        NOT NULL,
    tenant_id    uuid        NOT NULL,
    supplier_id  uuid        NOT NULL,
    dedupe_key   text        NOT NULL,
    body         text        NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT now(),
    applied_at   timestamptz,
    result       text,
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, supplier_id, dedupe_key)
);
CREATE INDEX supplier_message_open ON supplier_message (received_at) WHERE applied_at IS NULL;
ALTER TABLE supplier_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier_message FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON supplier_message TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON supplier_message FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT, UPDATE ON supplier_message TO nadi_app;
GRANT SELECT (id, tenant_id, applied_at, received_at) ON supplier_message TO nadi_platform;

-- Refused messages: bounded evidence (a hash, the beginning, a count), never a key that a true message would need.
CREATE TABLE quarantine (
    tenant_id   uuid        NOT NULL,
    source      text        NOT NULL,
    body_hash   bytea       NOT NULL,
    reason      text        NOT NULL,
    beginning   text        NOT NULL,
    address     text        NOT NULL,
    count       bigint      NOT NULL DEFAULT 1,
    first_at    timestamptz NOT NULL DEFAULT now(),
    last_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (body_hash, source, tenant_id)
);
CREATE INDEX quarantine_age ON quarantine (last_at);
ALTER TABLE quarantine ENABLE ROW LEVEL SECURITY;
ALTER TABLE quarantine FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON quarantine TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON quarantine TO nadi_platform USING (true);
GRANT SELECT, INSERT, UPDATE ON quarantine TO nadi_app;
GRANT SELECT (last_at), DELETE ON quarantine TO nadi_platform;
