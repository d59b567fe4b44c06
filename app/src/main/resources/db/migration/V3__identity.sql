-- People and keys. Passwords are bcrypt; PINs a keyed digest; what must be read again is sealed.
CREATE TABLE member (
    id               uuid        NOT NULL,
    tenant_id        uuid        NOT NULL REFERENCES tenant,
    code             text        NOT NULL,
    name             text        NOT NULL,
    email            text        NOT NULL CHECK (email = lower(email)),
    password_hash    text        NOT NULL,
    pin_digest       bytea,
    pin_failures     integer     NOT NULL DEFAULT 0,
    pin_locked_until timestamptz,
    state            smallint    NOT NULL DEFAULT 0, -- 0 active, 1 suspended, 2 closed
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, code),
    UNIQUE (tenant_id, email)
);
ALTER TABLE member ENABLE ROW LEVEL SECURITY;
ALTER TABLE member FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON member TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE ON member TO nadi_app;

CREATE TABLE staff (
    id            uuid        NOT NULL,
    tenant_id     uuid        NOT NULL REFERENCES tenant,
    name          text        NOT NULL,
    email         text        NOT NULL CHECK (email = lower(email)),
    password_hash text        NOT NULL,
    role          text        NOT NULL CHECK (role IN ('OWNER', 'ADMIN', 'FINANCE', 'SUPPORT')),
    state         smallint    NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, email)
);
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON staff TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT, UPDATE ON staff TO nadi_app;

-- A session is known by the hash of its token; the token itself is kept nowhere.
CREATE TABLE session (
    token_hash  bytea       NOT NULL,
    tenant_id   uuid        NOT NULL REFERENCES tenant,
    area        text        NOT NULL CHECK (area IN ('STAFF', 'MEMBER')),
    person_id   uuid        NOT NULL,
    csrf_token  text        NOT NULL,
    address     text        NOT NULL,
    user_agent  text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (token_hash, tenant_id)
);
CREATE INDEX session_person ON session (person_id, tenant_id);
CREATE INDEX session_expiry ON session (expires_at);
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE session FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON session TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON session TO nadi_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO nadi_app;
-- The platform removes expired rows of all tenants; it need not read tokens for that.
GRANT SELECT (expires_at), DELETE ON session TO nadi_platform;

CREATE TABLE api_key (
    id                  uuid        NOT NULL,
    tenant_id           uuid        NOT NULL REFERENCES tenant,
    key                 text        NOT NULL,
    member_id           uuid        NOT NULL,
    name                text        NOT NULL,
    secret_sealed       bytea       NOT NULL,
    addresses           text[]      NOT NULL DEFAULT '{}', -- empty: from anywhere
    orders_per_minute   integer     NOT NULL DEFAULT 60  CHECK (orders_per_minute > 0),
    reads_per_minute    integer     NOT NULL DEFAULT 120 CHECK (reads_per_minute > 0),
    created_at          timestamptz NOT NULL DEFAULT now(),
    revoked_at          timestamptz,
    PRIMARY KEY (id, tenant_id),
    FOREIGN KEY (member_id, tenant_id) REFERENCES member (id, tenant_id)
);
CREATE UNIQUE INDEX api_key_key ON api_key (key, tenant_id);
CREATE INDEX api_key_member ON api_key (member_id, tenant_id);
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON api_key TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY lookup ON api_key FOR SELECT TO nadi_lookup USING (true);
GRANT SELECT, INSERT, UPDATE ON api_key TO nadi_app;
GRANT SELECT (id, tenant_id, key) ON api_key TO nadi_lookup;

GRANT CREATE ON SCHEMA public TO nadi_lookup;
CREATE FUNCTION find_api_key(p_key text) RETURNS TABLE (tenant uuid, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$ SELECT k.tenant_id, k.id FROM public.api_key k WHERE k.key = p_key $$;
REVOKE ALL ON FUNCTION find_api_key(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key(text) TO nadi_app;
ALTER FUNCTION find_api_key(text) OWNER TO nadi_lookup;
REVOKE CREATE ON SCHEMA public FROM nadi_lookup;
