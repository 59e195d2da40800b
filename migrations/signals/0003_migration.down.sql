DROP TABLE migration_stage;
DROP TABLE migration_reports;
DROP TABLE migration_runs;
DROP TABLE migration_errors;
DROP TABLE kv_quarantine;
DROP TABLE kv_sync;
