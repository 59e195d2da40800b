-- Both hosts tell now when each timer began, ended and is due, so that a timer that does not run is seen. Times are ISO-8601 text in UTC.
-- A row that was there keeps its due run: its schedule is filled in when a host starts.

CREATE TABLE timer_runs (
    function TEXT NOT NULL PRIMARY KEY,
    schedule TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_started TEXT,
    last_ended TEXT,
    result TEXT CHECK (result IN ('succeeded', 'failed')),
    next TEXT NOT NULL
);

INSERT INTO timer_runs (function, schedule, first_seen, last_started, last_ended, result, next)
SELECT name, '', updated_at, last_run, last_run, NULL, next_run FROM timer_status;

DROP TABLE timer_status;

ALTER TABLE timer_runs RENAME TO timer_status;
