-- The Telegram chats that traders have linked to their accounts, by a code that the trader is shown and sends to the bot. Times are unix seconds in UTC.

CREATE TABLE telegram_links (
    chat_id TEXT PRIMARY KEY,
    user_address TEXT NOT NULL,
    linked_at BIGINT NOT NULL
);
CREATE INDEX idx_telegram_links_user ON telegram_links (user_address);

-- A code is short, since a person types it: only its hash is stored, it is good for ten minutes and one chat, and wrong ones lock the chat that sends them.
CREATE TABLE telegram_link_codes (
    code_hash TEXT PRIMARY KEY,
    user_address TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    chat_id TEXT
);
CREATE INDEX idx_telegram_link_codes_user ON telegram_link_codes (user_address);
CREATE INDEX idx_telegram_link_codes_expires ON telegram_link_codes (expires_at);

CREATE TABLE telegram_link_failures (
    chat_id TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    first_at BIGINT NOT NULL
);
