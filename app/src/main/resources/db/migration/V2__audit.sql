-- Who did what: written inside the act's own transaction, never changed, never removed (no grant).
CREATE TABLE audit_entry (
    id             uuid        NOT NULL,
    tenant_id      uuid        NOT NULL REFERENCES tenant,
    at             timestamptz NOT NULL DEFAULT now(),
    actor_kind     text        NOT NULL, -- STAFF, MEMBER, SYSTEM, OPERATOR
    actor_id       uuid,
    action         text        NOT NULL,
    subject        text        NOT NULL,
    before         jsonb,
    after          jsonb,
    source_address text,
    PRIMARY KEY (id, tenant_id)
);
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON audit_entry TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
GRANT SELECT, INSERT ON audit_entry TO nadi_app;
CREATE INDEX audit_entry_subject ON audit_entry (tenant_id, subject, id);
