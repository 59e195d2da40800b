-- baseline: users, watchlists, executions, active_positions, cache, _migration_status
--
-- The documented tables of the Fear & Greed bot. A database that the bot itself made has them already and is adopted as it is: nothing of this file runs,
-- and no rollback drops them. Chat ids are text. Times are unix milliseconds in UTC, as the bot writes them.

CREATE TABLE users (
    chat_id TEXT PRIMARY KEY,
    subscription_status BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX idx_users_subscription_status ON users (subscription_status);

CREATE TABLE watchlists (
    id {identity},
    chat_id TEXT NOT NULL,
    ticker TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    FOREIGN KEY (chat_id) REFERENCES users (chat_id) ON DELETE CASCADE,
    UNIQUE (chat_id, ticker)
);
CREATE INDEX idx_watchlists_chat_id ON watchlists (chat_id);
CREATE INDEX idx_watchlists_ticker ON watchlists (ticker);

CREATE TABLE executions (
    id {identity},
    chat_id TEXT NOT NULL,
    signal_type TEXT NOT NULL,
    ticker TEXT NOT NULL,
    execution_price DOUBLE PRECISION NOT NULL,
    signal_price DOUBLE PRECISION,
    execution_date BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT ck_executions_signal_type CHECK (signal_type IN ('BUY', 'SELL')),
    FOREIGN KEY (chat_id) REFERENCES users (chat_id) ON DELETE CASCADE
);
CREATE INDEX idx_executions_chat_id ON executions (chat_id);
CREATE INDEX idx_executions_chat_id_ticker ON executions (chat_id, ticker);
CREATE INDEX idx_executions_execution_date ON executions (execution_date DESC);

CREATE TABLE active_positions (
    id {identity},
    chat_id TEXT NOT NULL,
    ticker TEXT NOT NULL,
    entry_price DOUBLE PRECISION NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    FOREIGN KEY (chat_id) REFERENCES users (chat_id) ON DELETE CASCADE,
    UNIQUE (chat_id, ticker)
);
CREATE INDEX idx_active_positions_chat_id ON active_positions (chat_id);
CREATE INDEX idx_active_positions_ticker ON active_positions (ticker);

CREATE TABLE cache (
    cache_key TEXT PRIMARY KEY,
    cache_value TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX idx_cache_expires_at ON cache (expires_at);

CREATE TABLE _migration_status (
    id BIGINT PRIMARY KEY,
    completed BIGINT NOT NULL DEFAULT 0,
    completed_at BIGINT,
    version TEXT NOT NULL,
    CONSTRAINT ck_migration_status_id CHECK (id = 1)
);
INSERT INTO _migration_status (id, completed, version) VALUES (1, 0, '1.0.0');
