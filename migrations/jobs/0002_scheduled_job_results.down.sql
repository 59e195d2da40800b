DROP TABLE scheduled_job_results;
DROP INDEX idx_job_executions_report_type;
DROP INDEX idx_job_executions_execution_date;
ALTER TABLE job_executions DROP COLUMN metadata;
ALTER TABLE job_executions DROP COLUMN report_type;
ALTER TABLE job_executions DROP COLUMN execution_date;
