DROP TABLE daily_analysis;
DROP TABLE symbol_predictions;
DROP TABLE job_executions;
