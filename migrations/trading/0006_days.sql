-- Who ever signed in, with what is remembered about their accounts; and what a daily balance needs to be closed at its trader's own midnight.

CREATE TABLE traders (
    user_address TEXT NOT NULL PRIMARY KEY,
    last_sign_in_at BIGINT NOT NULL,
    last_slot BIGINT,
    account_mode TEXT,
    is_unified BIGINT,
    mode_read_at BIGINT,
    dexes TEXT,
    dexes_read_at BIGINT
);
CREATE INDEX idx_traders_sign_in ON traders (last_sign_in_at);

INSERT INTO traders (user_address, last_sign_in_at)
SELECT user_address, MAX(created_at) FROM user_sessions GROUP BY user_address;

-- ends_at is fixed when a day is opened, so that a change of zone cannot move it; a row without it comes from another system.
ALTER TABLE daily_balances ADD COLUMN start_as_of BIGINT;
ALTER TABLE daily_balances ADD COLUMN end_as_of BIGINT;
ALTER TABLE daily_balances ADD COLUMN ends_at BIGINT;
ALTER TABLE daily_balances ADD COLUMN net_transfers DOUBLE PRECISION;
ALTER TABLE daily_balances ADD COLUMN pnl_source TEXT;
CREATE UNIQUE INDEX uq_daily_balances_open ON daily_balances (user_address) WHERE end_balance IS NULL AND ends_at IS NOT NULL;

ALTER TABLE position_snapshots ADD COLUMN total_value DOUBLE PRECISION;
CREATE INDEX idx_position_snapshots_time ON position_snapshots (snapshot_time);
CREATE INDEX idx_snapshot_gaps_time ON snapshot_gaps (snapshot_time);
CREATE INDEX idx_cron_logs_created ON cron_logs (created_at);
