CREATE TABLE timer_runs (
    name TEXT NOT NULL PRIMARY KEY,
    last_run TEXT,
    next_run TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

INSERT INTO timer_runs (name, last_run, next_run, updated_at)
SELECT function, last_started, next, COALESCE(last_ended, first_seen) FROM timer_status;

DROP TABLE timer_status;

ALTER TABLE timer_runs RENAME TO timer_status;
