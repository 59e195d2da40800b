-- baseline: job_executions, symbol_predictions, daily_analysis
--
-- The tables of the prediction system that TraderHub takes over, as they stand there. A database that has them already is adopted as it is: nothing of
-- this file runs, and no rollback drops them. Times are ISO-8601 text in UTC.

CREATE TABLE job_executions (
    id {identity},
    job_type TEXT NOT NULL,
    status TEXT NOT NULL,
    executed_at TEXT NOT NULL,
    execution_time_ms BIGINT,
    symbols_processed BIGINT DEFAULT 0,
    symbols_successful BIGINT DEFAULT 0,
    symbols_fallback BIGINT DEFAULT 0,
    symbols_failed BIGINT DEFAULT 0,
    success_rate DOUBLE PRECISION DEFAULT 0,
    errors TEXT,
    created_at TEXT
);
CREATE INDEX idx_job_executions_type ON job_executions (job_type);
CREATE INDEX idx_job_executions_date ON job_executions (executed_at);

CREATE TABLE symbol_predictions (
    id {identity},
    symbol TEXT NOT NULL,
    prediction_date TEXT NOT NULL,
    sentiment TEXT,
    confidence DOUBLE PRECISION,
    direction TEXT,
    model TEXT,
    analysis_type TEXT,
    trading_signals TEXT,
    created_at TEXT,
    CONSTRAINT uq_symbol_predictions_symbol_date UNIQUE (symbol, prediction_date)
);
CREATE INDEX idx_symbol_predictions_date ON symbol_predictions (prediction_date);
CREATE INDEX idx_symbol_predictions_symbol ON symbol_predictions (symbol);

CREATE TABLE daily_analysis (
    id {identity},
    analysis_date TEXT NOT NULL UNIQUE,
    total_symbols BIGINT,
    execution_time BIGINT,
    summary TEXT,
    created_at TEXT
);
