-- What clients that lose answers, and developers in their own zones, need of sessions; what they did in a review; and the record of corrections.

ALTER TABLE users ADD COLUMN timezone_id TEXT NOT NULL DEFAULT 'UTC';

-- The zone whose days a session counts in stands in its row, so that a change of the developer's zone moves nothing that has passed (rule V3).
ALTER TABLE time_sessions ADD COLUMN timezone_id TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE time_sessions ADD COLUMN last_seen_at TEXT;
ALTER TABLE time_sessions ADD COLUMN away_seconds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE time_sessions ADD COLUMN start_derived BIGINT NOT NULL DEFAULT 0;
ALTER TABLE time_sessions ADD COLUMN client_id TEXT;

-- Of several that run on one pull request the last one may go on.
UPDATE time_sessions SET last_seen_at = COALESCE(end_time, start_time);
UPDATE time_sessions
SET status = 'abandoned'
WHERE status = 'active'
  AND EXISTS (
    SELECT 1 FROM time_sessions AS later
    WHERE later.user_id = time_sessions.user_id
      AND lower(later.repo_owner) = lower(time_sessions.repo_owner)
      AND lower(later.repo_name) = lower(time_sessions.repo_name)
      AND later.pr_number = time_sessions.pr_number
      AND later.status = 'active'
      AND later.id > time_sessions.id);
UPDATE time_sessions SET end_time = start_time WHERE status <> 'active' AND end_time IS NULL;
UPDATE time_sessions SET duration_seconds = 0 WHERE status = 'completed' AND duration_seconds IS NULL;

CREATE UNIQUE INDEX uq_time_sessions_active
    ON time_sessions (user_id, lower(repo_owner), lower(repo_name), pr_number) WHERE status = 'active';
CREATE UNIQUE INDEX uq_time_sessions_client ON time_sessions (user_id, client_id) WHERE client_id IS NOT NULL;

-- What the days are worked out from, whole in the index. Every index is paid for with each start or end, so this is the only one: lists are read by the documented
-- idx_sessions_user, and what runs, which is little, by idx_sessions_status.
CREATE INDEX idx_time_sessions_days
    ON time_sessions (user_id, repo_owner, repo_name, end_time, start_time, duration_seconds, timezone_id, pr_number) WHERE status = 'completed';

-- Names of clients for sessions beside the first: of those that joined a session which ran already, and of sessions that were deleted (without one).
CREATE TABLE session_aliases (
    user_id BIGINT NOT NULL,
    client_id TEXT NOT NULL,
    session_id BIGINT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (user_id, client_id),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (session_id) REFERENCES time_sessions (id) ON DELETE SET NULL
);
CREATE INDEX idx_session_aliases_session ON session_aliases (session_id);

-- Who changed what has passed: it outlives the session.
CREATE TABLE session_audit (
    id {identity},
    user_id BIGINT NOT NULL,
    session_id BIGINT NOT NULL,
    action TEXT NOT NULL,
    old_status TEXT NOT NULL,
    old_start_time TEXT NOT NULL,
    old_end_time TEXT,
    old_duration_seconds BIGINT,
    new_status TEXT,
    new_start_time TEXT,
    new_end_time TEXT,
    new_duration_seconds BIGINT,
    created_at TEXT NOT NULL,
    CONSTRAINT ck_session_audit_action CHECK (action IN ('corrected', 'deleted', 'ended', 'resumed')),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_session_audit_session ON session_audit (user_id, session_id);

CREATE TABLE pr_review_activities (
    id {identity},
    user_id BIGINT NOT NULL,
    activity_type TEXT NOT NULL,
    repo_owner TEXT NOT NULL,
    repo_name TEXT NOT NULL,
    pr_number BIGINT NOT NULL,
    session_id BIGINT,
    metadata TEXT,
    client_id TEXT,
    activity_date TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT ck_pr_review_activities_type CHECK (activity_type IN ('comment', 'approve', 'request_changes')),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    FOREIGN KEY (session_id) REFERENCES time_sessions (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX uq_pr_review_activities_client ON pr_review_activities (user_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX idx_pr_review_activities_list ON pr_review_activities (user_id, created_at, id);
CREATE INDEX idx_pr_review_activities_date ON pr_review_activities (user_id, activity_date, activity_type);
CREATE INDEX idx_pr_review_activities_session ON pr_review_activities (session_id);

-- Answers to requests that carried an Idempotency-Key, written in the transaction of what they did. Its times are unix seconds in UTC.
CREATE TABLE idempotency_keys (
    caller TEXT NOT NULL,
    method TEXT NOT NULL,
    route TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status BIGINT,
    content_type TEXT,
    location TEXT,
    body TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (caller, method, route, idempotency_key)
);
CREATE INDEX idx_idempotency_keys_created ON idempotency_keys (created_at);
