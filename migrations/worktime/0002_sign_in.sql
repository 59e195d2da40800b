-- How developers sign in with GitHub and stay signed in, and which of GitHub's deliveries were seen. Times are unix seconds in UTC.

CREATE TABLE auth_states (
    id TEXT NOT NULL PRIMARY KEY,
    code_verifier TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX idx_auth_states_expires ON auth_states (expires_at);

CREATE TABLE token_families (
    id TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    current_jti TEXT NOT NULL,
    previous_jti TEXT,
    issued_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_token_families_user ON token_families (user_id, expires_at);
CREATE INDEX idx_token_families_expires ON token_families (expires_at);

CREATE TABLE webhook_deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL,
    sessions_ended BIGINT NOT NULL DEFAULT 0,
    received_at BIGINT NOT NULL
);
CREATE INDEX idx_webhook_deliveries_received ON webhook_deliveries (received_at);
