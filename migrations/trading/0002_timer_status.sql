-- When each timer of the embedded host ran and runs next, so that a run missed while the host was down is caught up with.
-- Times are ISO-8601 text in UTC.

CREATE TABLE timer_status (
    name TEXT NOT NULL PRIMARY KEY,
    last_run TEXT,
    next_run TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
