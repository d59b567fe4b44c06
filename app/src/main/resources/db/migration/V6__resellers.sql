CREATE TABLE reseller_level (
    id          uuid    NOT NULL,
    tenant_id   uuid    NOT NULL REFERENCES tenant,
    name        text    NOT NULL,
    position    integer NOT NULL,
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, name)
);
ALTER TABLE reseller_level ENABLE ROW LEVEL SECURITY;
ALTER TABLE reseller_level FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON reseller_level TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON reseller_level TO nadi_app;

-- What a level adds to the base cost: for one product, else for its category, else for all.
CREATE TABLE level_markup (
    id          uuid   NOT NULL,
    tenant_id   uuid   NOT NULL REFERENCES tenant,
    level_id    uuid   NOT NULL,
    product_id  uuid,
    category_id uuid,
    fixed       bigint NOT NULL DEFAULT 0 CHECK (fixed >= 0),       -- in the product's currency
    basis_points integer NOT NULL DEFAULT 0 CHECK (basis_points BETWEEN 0 AND 100000), -- of the base cost, rounded up
    changed_at  timestamptz NOT NULL DEFAULT now(), -- partners ask which prices changed since
    PRIMARY KEY (id, tenant_id),
    UNIQUE NULLS NOT DISTINCT (tenant_id, level_id, product_id, category_id),
    FOREIGN KEY (level_id, tenant_id) REFERENCES reseller_level (id, tenant_id),
    CHECK (product_id IS NULL OR category_id IS NULL)
);
ALTER TABLE level_markup ENABLE ROW LEVEL SECURITY;
ALTER TABLE level_markup FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON level_markup TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON level_markup TO nadi_app;

CREATE TABLE reseller (
    member_id   uuid NOT NULL,
    tenant_id   uuid NOT NULL REFERENCES tenant,
    level_id    uuid NOT NULL,
    changed_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (member_id, tenant_id),
    FOREIGN KEY (member_id, tenant_id) REFERENCES member (id, tenant_id),
    FOREIGN KEY (level_id, tenant_id) REFERENCES reseller_level (id, tenant_id)
);
ALTER TABLE reseller ENABLE ROW LEVEL SECURITY;
ALTER TABLE reseller FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON reseller TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE ON reseller TO nadi_app;
