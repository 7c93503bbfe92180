-- Roles. Who had made an organization until now is its administrator.
ALTER TABLE memberships ADD COLUMN role TEXT NOT NULL DEFAULT 'ADMIN' CHECK (role IN ('ADMIN', 'MEMBER'));

-- Accounts. Without a password nobody signs in on the pages; a disabled account's sessions and tokens are refused.
ALTER TABLE users ADD COLUMN password_hash TEXT;
ALTER TABLE users ADD COLUMN totp_secret BLOB;
-- The last time step whose code was taken: a code is good once.
ALTER TABLE users ADD COLUMN totp_last_step INTEGER;
ALTER TABLE users ADD COLUMN disabled_at INTEGER;
-- Two names that differ only in case are one account's.
CREATE UNIQUE INDEX users_by_name ON users (name COLLATE NOCASE);

-- From where a session was opened, and when it was last used to within some minutes.
ALTER TABLE sessions ADD COLUMN address TEXT;
ALTER TABLE sessions ADD COLUMN user_agent TEXT;
ALTER TABLE sessions ADD COLUMN last_used_at INTEGER;

-- One-time links, by which somebody joins the server, an organization, or sets a password anew. The secret of the link
-- is stored as its hash. `name` is the account's; `organization_id` and `role` are there for a membership.
CREATE TABLE invitations (
    id BLOB PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('account', 'membership', 'reset')),
    name TEXT NOT NULL,
    organization_id BLOB REFERENCES organizations (id) ON DELETE CASCADE,
    role TEXT CHECK (role IN ('ADMIN', 'MEMBER')),
    invited_by BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((purpose = 'membership') = (organization_id IS NOT NULL)),
    CHECK ((organization_id IS NULL) = (role IS NULL))
) STRICT;
CREATE UNIQUE INDEX invitations_once ON invitations (purpose, name, coalesce(organization_id, x''));
CREATE INDEX invitations_by_organization ON invitations (organization_id) WHERE organization_id IS NOT NULL;

-- RFC 8628: devices that wait for a person. Both codes are stored as hashes; `decision` says `fetched` once the session
-- was handed out, so that a device code is good once. `network` is what those who ask too often are told apart by.
CREATE TABLE device_authorizations (
    id BLOB PRIMARY KEY,
    device_hash BLOB NOT NULL UNIQUE,
    user_hash BLOB NOT NULL UNIQUE,
    host TEXT NOT NULL,
    address TEXT,
    network TEXT,
    user_agent TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE,
    decision TEXT CHECK (decision IN ('approved', 'denied', 'fetched'))
) STRICT;

-- Sessions of the server's own pages in a browser: short, and good for nothing but the pages.
CREATE TABLE page_sessions (
    hash BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a token is for, how long it was made to live (a rotated one lives as long again), and what it replaced.
ALTER TABLE tokens ADD COLUMN note TEXT;
ALTER TABLE tokens ADD COLUMN lifetime INTEGER;
ALTER TABLE tokens ADD COLUMN rotated_from BLOB;
UPDATE tokens SET lifetime = expires_at - created_at;
CREATE INDEX tokens_by_organization ON tokens (organization_id) WHERE organization_id IS NOT NULL;
CREATE INDEX tokens_by_rotated_from ON tokens (rotated_from) WHERE rotated_from IS NOT NULL;
-- What ended long ago is forgotten.
CREATE INDEX tokens_revoked ON tokens (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX tokens_ending ON tokens (expires_at) WHERE expires_at IS NOT NULL;

-- From where a token was used; the newest 20 are kept. `ci` is the service that a client there last said it runs in.
CREATE TABLE token_addresses (
    token_id BLOB NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    user_agent TEXT,
    first_used_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    ci TEXT,
    ci_used_at INTEGER,
    PRIMARY KEY (token_id, address),
    CHECK ((ci IS NULL) = (ci_used_at IS NULL))
) STRICT, WITHOUT ROWID;

-- Who did what, on what, from where, when, with which result. Nothing here refers to other tables: an event outlives
-- what it tells of. Refusals that repeat within some seconds are one row, with their number and the time of the last.
CREATE TABLE audit_events (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    organization_id BLOB,
    user_id BLOB,
    user_name TEXT,
    token_id BLOB,
    token_name TEXT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    result TEXT NOT NULL,
    count INTEGER NOT NULL,
    address TEXT,
    user_agent TEXT
) STRICT;
CREATE INDEX audit_events_by_organization ON audit_events (organization_id, at, id);
CREATE INDEX audit_events_by_time ON audit_events (at, id);
CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_events_last BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
