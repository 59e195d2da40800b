-- The documented extension for scheduled jobs. It drops and recreates nothing: every execution keeps its row and gains its business date, which is New
-- York's date of the moment it was executed at (rule J1). Nothing here checks report_type: the types are the application's affair.
--
-- add-column-if-missing: job_executions execution_date TEXT
-- add-column-if-missing: job_executions report_type TEXT
-- add-column-if-missing: job_executions metadata TEXT
-- step: business-dates

CREATE TABLE IF NOT EXISTS scheduled_job_results (
    id {identity},
    job_execution_id BIGINT NOT NULL,
    result_type TEXT NOT NULL,
    symbol TEXT,
    sentiment TEXT,
    confidence DOUBLE PRECISION,
    direction TEXT,
    reasoning TEXT,
    signals TEXT,
    report_content TEXT,
    html_snapshot TEXT,
    created_at TEXT,
    FOREIGN KEY (job_execution_id) REFERENCES job_executions (id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS idx_job_executions_execution_date ON job_executions (execution_date DESC);
CREATE INDEX IF NOT EXISTS idx_job_executions_report_type ON job_executions (report_type);
CREATE INDEX IF NOT EXISTS idx_scheduled_results_job ON scheduled_job_results (job_execution_id);
CREATE INDEX IF NOT EXISTS idx_scheduled_results_type ON scheduled_job_results (result_type);
CREATE INDEX IF NOT EXISTS idx_scheduled_results_symbol ON scheduled_job_results (symbol);

UPDATE job_executions SET status = 'failed' WHERE status = 'failure';
