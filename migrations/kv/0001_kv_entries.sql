-- The key-value store where it is a SQLite file. Keys are UTF-8 bytes, so that they are ordered as such; the value is last, so that lists need not read over it.
-- Times are unix seconds in UTC.

CREATE TABLE kv_entries (
    key BLOB NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    expires_at BIGINT,
    metadata TEXT,
    value BLOB NOT NULL
);
CREATE INDEX idx_kv_entries_expires ON kv_entries (expires_at) WHERE expires_at IS NOT NULL;
