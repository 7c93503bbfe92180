-- Ids are UUIDv7 (16 bytes), times milliseconds since 1970-01-01T00:00Z, hashes 32 bytes.

CREATE TABLE users (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    is_admin INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE organizations (
    id BLOB PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    organization_id BLOB NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_user ON memberships (user_id);

CREATE TABLE sites (
    id BLOB PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    slug TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sites_by_organization ON sites (organization_id, slug);

CREATE TABLE sessions (
    id BLOB PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    prefix TEXT NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);

-- A deleted token keeps its row, so that its next use is answered with token_revoked.
CREATE TABLE tokens (
    id BLOB PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    prefix TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('user', 'org', 'site')),
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    organization_id BLOB,
    site_id BLOB,
    permissions TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER,
    CHECK ((kind = 'user') = (organization_id IS NULL)),
    CHECK ((kind = 'site') = (site_id IS NOT NULL))
) STRICT;
CREATE INDEX tokens_by_user ON tokens (user_id);

CREATE TABLE token_uses (
    token_id BLOB NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    last_used_at INTEGER NOT NULL,
    PRIMARY KEY (token_id, permission)
) STRICT, WITHOUT ROWID;

CREATE TABLE deployments (
    id BLOB PRIMARY KEY,
    short_id TEXT NOT NULL UNIQUE,
    site_id BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    organization_id BLOB NOT NULL,
    manifest BLOB NOT NULL,
    file_count INTEGER NOT NULL,
    total_size INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'ready', 'failed')),
    is_preview INTEGER NOT NULL,
    message TEXT,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    -- When it last became what the site serves; null when it never was.
    published_at INTEGER,
    -- When it last stopped being that.
    replaced_at INTEGER
) STRICT;
CREATE INDEX deployments_by_site ON deployments (site_id, created_at);
CREATE INDEX deployments_replaced ON deployments (site_id, replaced_at) WHERE replaced_at IS NOT NULL;
CREATE INDEX deployments_previews ON deployments (site_id, created_at) WHERE is_preview = 1;
CREATE INDEX deployments_pending ON deployments (created_at) WHERE status = 'pending';

-- A site's stack of releases: the highest position is what it serves.
CREATE TABLE releases (
    site_id BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    deployment_id BLOB NOT NULL REFERENCES deployments (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, position)
) STRICT, WITHOUT ROWID;
-- Deleting a deployment looks for releases that name it.
CREATE INDEX releases_by_deployment ON releases (deployment_id);

CREATE TABLE deployment_logs (
    deployment_id BLOB NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE INDEX deployment_logs_by_deployment ON deployment_logs (deployment_id, id);

-- Numbers are never used again, so that a remembered place is never taken for another one.
CREATE TABLE packs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file BLOB NOT NULL UNIQUE,
    organization_id BLOB NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Where contents lie. A content over 8 MiB has one row for each part; `complete` is set on its first row once the whole
-- has been checked against its id. Encoding 0 is the content itself, 1 and 2 are its gzip and brotli variants.
CREATE TABLE blobs (
    organization_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    encoding INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    size INTEGER NOT NULL,
    pack_id INTEGER NOT NULL,
    pack_offset INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    variants_decided INTEGER NOT NULL,
    PRIMARY KEY (organization_id, hash, encoding, start)
) STRICT, WITHOUT ROWID;

-- With the length, so that a pack's use is summed up from the index alone.
CREATE INDEX blobs_by_pack ON blobs (pack_id, length);

-- Every fingerprinted path that a site ever had, and whether it had two contents under it.
CREATE TABLE fingerprinted_paths (
    site_id BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    path_key BLOB NOT NULL,
    content_key BLOB NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (site_id, path_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX fingerprinted_paths_changed ON fingerprinted_paths (site_id) WHERE changed = 1;
