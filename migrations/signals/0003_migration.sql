-- What the migration engine keeps beside the rows that move, in the same transactions. A key is the lower-case hex of its UTF-8 bytes, so that keys have one
-- order in every store. The times of a key (d, x) are unix seconds, as in the key-value store; all others are ISO-8601 text in UTC.

-- Where each key stands. The text that a key had, which can be long, is last: reading the columns before it does not read it.
CREATE TABLE kv_sync (
    group_name TEXT NOT NULL,
    key_hex TEXT NOT NULL,
    t BIGINT NOT NULL,
    v BIGINT NOT NULL,
    mv BIGINT NOT NULL,
    d BIGINT,
    x BIGINT,
    ops TEXT NOT NULL,
    hash TEXT,
    error TEXT,
    original TEXT,
    PRIMARY KEY (group_name, key_hex)
);
CREATE INDEX idx_kv_sync_owner ON kv_sync (group_name, (t % 2), key_hex, t);
CREATE INDEX idx_kv_sync_unmirrored ON kv_sync (group_name, (t % 2), key_hex) WHERE mv < v;
CREATE INDEX idx_kv_sync_error ON kv_sync (group_name, key_hex) WHERE error IS NOT NULL;

-- What of a value does not parse, as it was, with its place in the value's list; place -1 is a whole value.
CREATE TABLE kv_quarantine (
    group_name TEXT NOT NULL,
    key_hex TEXT NOT NULL,
    place BIGINT NOT NULL,
    raw TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (group_name, key_hex, place)
);

-- Values that cannot be read at all, until they can or are quarantined.
CREATE TABLE migration_errors (
    group_name TEXT NOT NULL,
    key_hex TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    PRIMARY KEY (group_name, key_hex)
);

-- Sweeps and the like. Only the run with the group's highest fence may write.
CREATE TABLE migration_runs (
    run_id TEXT PRIMARY KEY,
    group_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    fence BIGINT NOT NULL,
    checkpoint TEXT,
    counters TEXT,
    started_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    ended_at TEXT,
    who TEXT NOT NULL,
    error TEXT
);
CREATE UNIQUE INDEX uq_migration_runs_fence ON migration_runs (group_name, fence);
CREATE INDEX idx_migration_runs_started ON migration_runs (group_name, started_at DESC);

CREATE TABLE migration_reports (
    report_id TEXT PRIMARY KEY,
    run_id TEXT,
    group_name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    report TEXT NOT NULL
);
CREATE INDEX idx_migration_reports_created ON migration_reports (group_name, created_at DESC);

-- The stage of a group whose rows alone count, which must be known without the key-value store.
CREATE TABLE migration_stage (
    group_name TEXT PRIMARY KEY,
    epoch BIGINT NOT NULL,
    document TEXT NOT NULL
);
