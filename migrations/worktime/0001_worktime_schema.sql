-- Developers, the time that they spend on reviews, and what it comes to in a day. Times are ISO-8601 text in UTC; dates are those of the developer's own zone.

CREATE TABLE users (
    id {identity},
    github_user_id TEXT NOT NULL,
    github_username TEXT NOT NULL,
    email TEXT,
    avatar_url TEXT,
    created_at TEXT NOT NULL,
    last_active TEXT NOT NULL,
    CONSTRAINT uq_users_github UNIQUE (github_user_id)
);

CREATE TABLE time_sessions (
    id {identity},
    user_id BIGINT NOT NULL,
    repo_owner TEXT NOT NULL,
    repo_name TEXT NOT NULL,
    pr_number BIGINT NOT NULL,
    start_time TEXT NOT NULL,
    end_time TEXT,
    duration_seconds BIGINT,
    status TEXT NOT NULL DEFAULT 'active',
    created_at TEXT NOT NULL,
    CONSTRAINT ck_time_sessions_status CHECK (status IN ('active', 'completed', 'abandoned')),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_sessions_user ON time_sessions (user_id, created_at DESC);
CREATE INDEX idx_sessions_repo_pr ON time_sessions (repo_owner, repo_name, pr_number);
CREATE INDEX idx_sessions_status ON time_sessions (status, created_at);

CREATE TABLE daily_stats (
    id {identity},
    user_id BIGINT NOT NULL,
    repo_owner TEXT NOT NULL,
    repo_name TEXT NOT NULL,
    date TEXT NOT NULL,
    total_duration_seconds BIGINT NOT NULL DEFAULT 0,
    session_count BIGINT NOT NULL DEFAULT 0,
    avg_session_seconds BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT uq_daily_stats_day UNIQUE (user_id, repo_owner, repo_name, date),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_daily_stats_user_date ON daily_stats (user_id, date DESC);
CREATE INDEX idx_daily_stats_repo ON daily_stats (repo_owner, repo_name, date DESC);
