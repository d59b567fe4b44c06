CREATE TABLE category (
    id          uuid    NOT NULL,
    tenant_id   uuid    NOT NULL REFERENCES tenant,
    name        text    NOT NULL,
    position    integer NOT NULL DEFAULT 0,
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, name)
);
ALTER TABLE category ENABLE ROW LEVEL SECURITY;
ALTER TABLE category FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON category TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON category TO nadi_app;

CREATE TABLE product (
    id              uuid        NOT NULL,
    tenant_id       uuid        NOT NULL REFERENCES tenant,
    code            text        NOT NULL CHECK (code = upper(code)),
    name            text        NOT NULL,
    category_id     uuid        NOT NULL,
    brand           text        NOT NULL, -- the operator or issuer, as prefixes name it
    fulfilment      text        NOT NULL, -- the driver that delivers it
    destination     text        NOT NULL, -- PHONE, METER, ACCOUNT: how its destination is checked
    base_cost       bigint      NOT NULL CHECK (base_cost >= 0),
    currency        text        NOT NULL,
    quantity_max    integer     NOT NULL DEFAULT 1 CHECK (quantity_max > 0),
    active          boolean     NOT NULL DEFAULT true,
    cut_off_from    time,
    cut_off_until   time,
    description     text        NOT NULL DEFAULT '',
    version         bigint      NOT NULL DEFAULT 1,
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, code),
    FOREIGN KEY (category_id, tenant_id) REFERENCES category (id, tenant_id),
    CHECK ((cut_off_from IS NULL) = (cut_off_until IS NULL))
);
ALTER TABLE product ENABLE ROW LEVEL SECURITY;
ALTER TABLE product FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON product TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE ON product TO nadi_app;

-- Which operator a number belongs to; the longest prefix that fits wins.
CREATE TABLE operator_prefix (
    tenant_id   uuid NOT NULL REFERENCES tenant,
    prefix      text NOT NULL CHECK (prefix ~ '^0[0-9]{2,6}$'),
    operator    text NOT NULL,
    PRIMARY KEY (tenant_id, prefix)
);
ALTER TABLE operator_prefix ENABLE ROW LEVEL SECURITY;
ALTER TABLE operator_prefix FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON operator_prefix TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON operator_prefix TO nadi_app;

CREATE TABLE blocked_destination (
    tenant_id   uuid        NOT NULL REFERENCES tenant,
    destination text        NOT NULL,
    reason      text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, destination)
);
ALTER TABLE blocked_destination ENABLE ROW LEVEL SECURITY;
ALTER TABLE blocked_destination FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON blocked_destination TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, DELETE ON blocked_destination TO nadi_app;
