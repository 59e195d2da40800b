-- Sign-ins of operators' browsers that were ended before their hour was over: their cookies are worth nothing any more. Times are unix seconds in UTC.

CREATE TABLE ended_operator_sign_ins (
    id TEXT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX idx_ended_operator_sign_ins_expires ON ended_operator_sign_ins (expires_at);
