-- What pages need: the keys that sign their forms, and the codes that sign a browser in once. Codes are stored as hashes. Times are unix seconds in UTC.

CREATE TABLE data_protection_keys (
    id {identity},
    friendly_name TEXT NOT NULL,
    xml TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE sign_in_codes (
    id TEXT NOT NULL PRIMARY KEY,
    user_address TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX idx_sign_in_codes_expires ON sign_in_codes (expires_at);
