-- What running the system taught: which run a row came from, what started it, when, and how far each run got. Times are ISO-8601 text in UTC.
--
-- add-column-if-missing: job_executions run_id TEXT
-- add-column-if-missing: job_executions trigger_source TEXT
-- add-column-if-missing: job_executions started_at TEXT

CREATE TABLE job_stage_log (
    id {identity},
    job_execution_id BIGINT NOT NULL,
    stage TEXT NOT NULL,
    status TEXT NOT NULL,
    errors_json TEXT,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT uq_job_stage_log_stage UNIQUE (job_execution_id, stage),
    FOREIGN KEY (job_execution_id) REFERENCES job_executions (id) ON DELETE CASCADE
);

-- A run is stored once (rule J2). Rows from before runs had ids have none, and never collide.
CREATE UNIQUE INDEX uq_job_executions_run ON job_executions (job_type, execution_date, COALESCE(report_type, ''), run_id);

-- The history in its order, by each filter that it can be read by; what the other filters look at stands in the index too.
CREATE INDEX idx_job_history ON job_executions (execution_date, executed_at, id, job_type, report_type, status, execution_time_ms);
CREATE INDEX idx_job_history_type ON job_executions (job_type, execution_date, executed_at, id, report_type, status, execution_time_ms);
CREATE INDEX idx_job_history_report ON job_executions (report_type, execution_date, executed_at, id, job_type, status, execution_time_ms);
CREATE INDEX idx_job_history_status ON job_executions (status, execution_date, executed_at, id, job_type, report_type, execution_time_ms);
CREATE INDEX idx_scheduled_results_job_symbol ON scheduled_job_results (job_execution_id, symbol);
