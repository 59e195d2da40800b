-- What operators did, and who signed in: the record that stays when logs are gone. Times are unix seconds in UTC.

CREATE TABLE audit_log (
    id {identity},
    happened_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT,
    remote_address TEXT,
    request_id TEXT
);
CREATE INDEX idx_audit_log_happened ON audit_log (happened_at);
