-- The trading hub's documented tables, with the decisions of the trading module: days are local days, snapshots are one per half hour,
-- a missing snapshot is a gap with its reason, two streaks. Times are unix seconds in UTC. Columns that were REAL stay so.

CREATE TABLE user_sessions (
    id TEXT NOT NULL PRIMARY KEY,
    user_address TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX idx_user_sessions_address ON user_sessions (user_address, expires_at);
CREATE INDEX idx_user_sessions_expires ON user_sessions (expires_at);

CREATE TABLE user_checklists (
    user_address TEXT NOT NULL,
    checklist_type TEXT NOT NULL CHECK (checklist_type IN ('entry', 'exit')),
    items TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (user_address, checklist_type)
);

CREATE TABLE user_settings (
    user_address TEXT NOT NULL PRIMARY KEY,
    daily_target TEXT NOT NULL,
    advanced_settings TEXT NOT NULL,
    timezone_offset DOUBLE PRECISION NOT NULL,
    timezone_name TEXT NOT NULL,
    timezone_id TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE daily_balances (
    id {identity},
    user_address TEXT NOT NULL,
    date TEXT NOT NULL,
    user_date TEXT NOT NULL,
    timezone_offset DOUBLE PRECISION NOT NULL,
    start_balance DOUBLE PRECISION NOT NULL,
    end_balance DOUBLE PRECISION,
    account_value DOUBLE PRECISION NOT NULL,
    perps_value DOUBLE PRECISION NOT NULL,
    spot_value DOUBLE PRECISION NOT NULL,
    staking_value DOUBLE PRECISION NOT NULL,
    daily_pnl DOUBLE PRECISION,
    daily_pnl_percentage DOUBLE PRECISION,
    target_achieved BIGINT NOT NULL,
    significant_loss BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT uq_daily_balances_user_date UNIQUE (user_address, user_date)
);

CREATE TABLE trading_sessions (
    id {identity},
    user_address TEXT NOT NULL,
    session_date TEXT NOT NULL,
    start_time BIGINT NOT NULL,
    end_time BIGINT,
    initial_balance DOUBLE PRECISION NOT NULL,
    final_balance DOUBLE PRECISION,
    high_balance DOUBLE PRECISION,
    low_balance DOUBLE PRECISION,
    pnl DOUBLE PRECISION,
    pnl_percentage DOUBLE PRECISION,
    trades_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX idx_trading_sessions_user ON trading_sessions (user_address, session_date);
CREATE UNIQUE INDEX uq_trading_sessions_open ON trading_sessions (user_address) WHERE end_time IS NULL;

CREATE TABLE position_snapshots (
    id {identity},
    user_address TEXT NOT NULL,
    snapshot_time BIGINT NOT NULL,
    positions TEXT NOT NULL,
    total_pnl DOUBLE PRECISION NOT NULL,
    account_value DOUBLE PRECISION NOT NULL,
    leverage DOUBLE PRECISION NOT NULL,
    margin_used DOUBLE PRECISION NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT uq_position_snapshots_slot UNIQUE (user_address, snapshot_time)
);

CREATE TABLE snapshot_gaps (
    user_address TEXT NOT NULL,
    snapshot_time BIGINT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_address, snapshot_time)
);

CREATE TABLE trade_history (
    id {identity},
    user_address TEXT NOT NULL,
    trade_date TEXT NOT NULL,
    trade_time BIGINT NOT NULL,
    coin TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('long', 'short')),
    size DOUBLE PRECISION NOT NULL,
    entry_price DOUBLE PRECISION NOT NULL,
    exit_price DOUBLE PRECISION,
    pnl DOUBLE PRECISION,
    pnl_percentage DOUBLE PRECISION,
    status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'liquidated')),
    created_at BIGINT NOT NULL
);
CREATE INDEX idx_trade_history_user_date ON trade_history (user_address, trade_date);

CREATE TABLE streak_data (
    user_address TEXT NOT NULL PRIMARY KEY,
    current_achievement_streak BIGINT NOT NULL,
    best_achievement_streak BIGINT NOT NULL,
    current_no_loss_streak BIGINT NOT NULL,
    best_no_loss_streak BIGINT NOT NULL,
    last_update_date TEXT NOT NULL,
    total_positive_days BIGINT NOT NULL,
    total_negative_days BIGINT NOT NULL,
    total_target_achieved_days BIGINT NOT NULL,
    total_significant_loss_days BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE cron_logs (
    id {identity},
    job_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('started', 'completed', 'failed')),
    error_message TEXT,
    users_processed BIGINT NOT NULL,
    users_failed BIGINT NOT NULL,
    users_skipped BIGINT NOT NULL,
    execution_time_ms BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX idx_cron_logs_job ON cron_logs (job_name, created_at DESC);
