-- The books. A posting is a transfer from the account that is debited to the one that is credited; rows are never
-- changed or removed (no grant). Wallets are floored: their balance stands on the row, locked when it changes. All other
-- accounts are summed from postings (a snapshot and its tail), so that no row of the house is hot.

CREATE TABLE wallet (
    id            uuid        NOT NULL,
    tenant_id     uuid        NOT NULL REFERENCES tenant,
    member_id     uuid        NOT NULL,
    receivable_id uuid        NOT NULL, -- the account of what the member owes, see "owed"
    currency      text        NOT NULL,
    posted        bigint      NOT NULL DEFAULT 0 CHECK (posted >= 0),
    held          bigint      NOT NULL DEFAULT 0 CHECK (held >= 0),
    owed          bigint      NOT NULL DEFAULT 0 CHECK (owed >= 0), -- balance of the receivable, moved with its postings
    minimum       bigint      NOT NULL DEFAULT 0 CHECK (minimum >= 0),
    credit_limit  bigint      NOT NULL DEFAULT 0 CHECK (credit_limit >= 0),
    version       bigint      NOT NULL DEFAULT 0, -- postings on this wallet so far
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, tenant_id),
    CHECK (held <= posted)
) WITH (fillfactor = 45);
CREATE UNIQUE INDEX wallet_member ON wallet (member_id, tenant_id);
ALTER TABLE wallet ENABLE ROW LEVEL SECURITY;
ALTER TABLE wallet FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON wallet TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON wallet FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT, UPDATE ON wallet TO nadi_app;
GRANT SELECT ON wallet TO nadi_platform;

CREATE TABLE account (
    id          uuid        NOT NULL,
    tenant_id   uuid        NOT NULL REFERENCES tenant,
    kind        text        NOT NULL,
    party_id    uuid, -- whose it is, where there is one for each: a supplier's deposit, a member's receivable
    currency    text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, tenant_id),
    UNIQUE NULLS NOT DISTINCT (tenant_id, kind, party_id, currency)
);
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON account TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON account FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT ON account TO nadi_app;
GRANT SELECT ON account TO nadi_platform;

CREATE TABLE posting (
    id             uuid        NOT NULL,
    tenant_id      uuid        NOT NULL,
    debit_account  uuid        NOT NULL,
    credit_account uuid        NOT NULL,
    amount         bigint      NOT NULL CHECK (amount > 0),
    kind           smallint    NOT NULL,
    subject_id     uuid        NOT NULL, -- what it was for: an order, a hold, a transfer
    corrects       uuid,                 -- the posting that this one takes back
    debit_version  bigint,               -- set where the debited account is a wallet
    debit_before   bigint,
    debit_after    bigint,
    credit_version bigint,               -- set where the credited account is a wallet
    credit_before  bigint,
    credit_after   bigint,
    currency       text        NOT NULL,
    memo           text,
    -- The transaction that wrote it: readers that must not miss a late commit take only what is below every running one.
    xid            bigint      NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, tenant_id),
    CHECK (debit_account <> credit_account)
);
-- One posting for each version of a wallet on each side: the order of a statement, and a guard against doubles.
CREATE UNIQUE INDEX posting_debited_wallet ON posting (debit_account, debit_version, tenant_id)
    WHERE debit_version IS NOT NULL;
CREATE UNIQUE INDEX posting_credited_wallet ON posting (credit_account, credit_version, tenant_id)
    WHERE credit_version IS NOT NULL;
-- A posting is taken back at most once.
CREATE UNIQUE INDEX posting_corrects ON posting (corrects, tenant_id) WHERE corrects IS NOT NULL;
-- Postings lie in the order of their transactions, so a block range index finds the tail at almost no cost.
CREATE INDEX posting_xid ON posting USING brin (xid) WITH (pages_per_range = 32, autosummarize = on);
ALTER TABLE posting ENABLE ROW LEVEL SECURITY;
ALTER TABLE posting FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON posting TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON posting FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT ON posting TO nadi_app;
GRANT SELECT ON posting TO nadi_platform;

-- balance = sum of the postings below snapshot_mark.xid; the tail is added by the reader.
CREATE TABLE account_snapshot (
    account_id  uuid   NOT NULL,
    tenant_id   uuid   NOT NULL,
    balance     bigint NOT NULL, -- credits less debits
    PRIMARY KEY (account_id, tenant_id)
);
ALTER TABLE account_snapshot ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_snapshot FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON account_snapshot TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON account_snapshot TO nadi_platform USING (true) WITH CHECK (true);
GRANT SELECT ON account_snapshot TO nadi_app;
GRANT SELECT, INSERT, UPDATE ON account_snapshot TO nadi_platform;

CREATE TABLE snapshot_mark (
    only_one boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_one),
    xid      bigint  NOT NULL
);
INSERT INTO snapshot_mark (xid) VALUES (0);
GRANT SELECT ON snapshot_mark TO nadi_app;
GRANT SELECT, UPDATE ON snapshot_mark TO nadi_platform;

CREATE TABLE hold (
    id          uuid        NOT NULL,
    tenant_id   uuid        NOT NULL,
    wallet_id   uuid        NOT NULL,
    subject_id  uuid        NOT NULL,
    amount      bigint      NOT NULL CHECK (amount > 0),
    captured    bigint      NOT NULL DEFAULT 0 CHECK (captured >= 0 AND captured <= amount),
    state       smallint    NOT NULL DEFAULT 0, -- 0 pending, 1 posted, 2 voided, 3 expired
    expires_at  timestamptz NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    PRIMARY KEY (id, tenant_id),
    FOREIGN KEY (wallet_id, tenant_id) REFERENCES wallet (id, tenant_id),
    CHECK ((state = 0) = (resolved_at IS NULL))
);
CREATE INDEX hold_pending_wallet ON hold (wallet_id, tenant_id) WHERE state = 0;
CREATE INDEX hold_pending_expiry ON hold (expires_at) WHERE state = 0;
ALTER TABLE hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE hold FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON hold TO nadi_app
    USING (tenant_id = (SELECT current_setting('app.tenant')::uuid))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant')::uuid));
CREATE POLICY platform ON hold FOR SELECT TO nadi_platform USING (true);
GRANT SELECT, INSERT, UPDATE ON hold TO nadi_app;
GRANT SELECT ON hold TO nadi_platform;

-- Spends in order what fits into a limit: an amount that does not fit is passed over and the next may still fit.
-- In PL/pgSQL because a body in SQL is parsed and planned again for every statement that uses the aggregate.
CREATE FUNCTION spend_if_it_fits(spent bigint, amount bigint, spend_limit bigint) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$ BEGIN RETURN CASE WHEN spent + amount <= spend_limit THEN spent + amount ELSE spent END; END $$;
CREATE AGGREGATE greedy_spend(amount bigint, spend_limit bigint) (
    SFUNC = spend_if_it_fits, STYPE = bigint, INITCOND = '0');
