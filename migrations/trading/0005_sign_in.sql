-- The messages that wallets were asked to sign and did not send back yet. A nonce is used by deleting its row. Times are unix seconds in UTC.

CREATE TABLE auth_nonces (
    nonce TEXT NOT NULL PRIMARY KEY,
    user_address TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('login', 'erase')),
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX idx_auth_nonces_expires ON auth_nonces (expires_at);
