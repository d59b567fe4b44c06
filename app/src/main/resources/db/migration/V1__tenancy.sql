-- Tenants, and the rules that hold for every table that follows.
--
-- Each tenant table: tenant_id in its primary key, row level security enabled and forced, one policy for the
-- application bound to the transaction's tenant, and a policy for the platform only where work crosses tenants.
-- The setting is cast strictly on purpose: without a tenant a statement fails, it does not find nothing.
-- It stands in a scalar subquery so that it is read once per statement and not once per row.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO nadi_app, nadi_platform, nadi_lookup;

CREATE TABLE tenant (
    id          uuid        NOT NULL PRIMARY KEY,
    slug        text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9-]{1,30}[a-z0-9]$'),
    name        text        NOT NULL,
    zone        text        NOT NULL,
    currency    text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tenant TO nadi_app
    USING (id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON tenant TO nadi_platform USING (true) WITH CHECK (true);
CREATE POLICY lookup ON tenant FOR SELECT TO nadi_lookup USING (true);
GRANT SELECT ON tenant TO nadi_app;
GRANT SELECT, INSERT, UPDATE ON tenant TO nadi_platform;
GRANT SELECT (id, slug) ON tenant TO nadi_lookup;

CREATE TABLE tenant_setting (
    tenant_id   uuid NOT NULL REFERENCES tenant,
    name        text NOT NULL,
    value       text NOT NULL,
    PRIMARY KEY (tenant_id, name)
);
ALTER TABLE tenant_setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_setting FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tenant_setting TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_setting TO nadi_app;

-- What caches hang on: a writer raises the number in the act's own transaction, every process polls all of them.
CREATE TABLE cache_version (
    tenant_id   uuid   NOT NULL REFERENCES tenant,
    topic       text   NOT NULL,
    version     bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, topic)
);
ALTER TABLE cache_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE cache_version FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON cache_version TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON cache_version FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT, UPDATE ON cache_version TO nadi_app;
GRANT SELECT ON cache_version TO nadi_platform;

-- Look-ups before a tenant is known run as nadi_lookup, which sees the named columns only.
GRANT CREATE ON SCHEMA public TO nadi_lookup;
CREATE FUNCTION find_tenant(p_slug text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$ SELECT id FROM public.tenant WHERE slug = p_slug $$;
REVOKE ALL ON FUNCTION find_tenant(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_tenant(text) TO nadi_app, nadi_platform;
ALTER FUNCTION find_tenant(text) OWNER TO nadi_lookup;
REVOKE CREATE ON SCHEMA public FROM nadi_lookup;
