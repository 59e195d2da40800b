-- The Telegram bot: updates on their way in, messages on their way out, and what both need to know of a chat. Times are unix milliseconds in UTC.

-- An update's text and decision are kept until it is done; its id and time stay for a week, so that a repetition is known.
CREATE TABLE telegram_updates (
    bot_id BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    chat_id TEXT,
    status TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    ended_at BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    payload TEXT,
    decision TEXT,
    PRIMARY KEY (bot_id, update_id),
    CONSTRAINT ck_telegram_updates_status CHECK (status IN ('waiting', 'done', 'failed'))
);
CREATE INDEX idx_telegram_updates_waiting ON telegram_updates (chat_id, update_id) WHERE status = 'waiting';
CREATE INDEX idx_telegram_updates_ended ON telegram_updates (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX idx_telegram_updates_failed ON telegram_updates (received_at) WHERE status = 'failed';

-- Who works on a chat's updates and who sends its messages, each by a lease, and when the next message may go to it.
CREATE TABLE telegram_chats (
    chat_id TEXT PRIMARY KEY,
    is_group BIGINT NOT NULL DEFAULT 0,
    work_until BIGINT NOT NULL DEFAULT 0,
    work_by TEXT,
    send_until BIGINT NOT NULL DEFAULT 0,
    send_by TEXT,
    next_at BIGINT NOT NULL DEFAULT 0,
    too_many BIGINT NOT NULL DEFAULT 0,
    not_found_at BIGINT,
    forget_asked_at BIGINT
);

CREATE TABLE telegram_outbox (
    id {identity},
    chat_id TEXT NOT NULL,
    message_key TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    is_plain BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    text TEXT,
    CONSTRAINT ck_telegram_outbox_status CHECK (status IN ('waiting', 'sent', 'failed', 'dropped'))
);
CREATE UNIQUE INDEX uq_telegram_outbox ON telegram_outbox (message_key);
CREATE INDEX idx_telegram_outbox_waiting ON telegram_outbox (chat_id, id) WHERE status = 'waiting';
CREATE INDEX idx_telegram_outbox_ended ON telegram_outbox (ended_at) WHERE ended_at IS NOT NULL;

-- What all instances together may send, as a bucket of tokens.
CREATE TABLE telegram_rate (
    id BIGINT PRIMARY KEY,
    tokens DOUBLE PRECISION NOT NULL,
    filled_at BIGINT NOT NULL,
    CONSTRAINT ck_telegram_rate_id CHECK (id = 1)
);
INSERT INTO telegram_rate (id, tokens, filled_at) VALUES (1, 30, 0);

-- Groups that have become supergroups.
CREATE TABLE chat_moves (
    old_chat_id TEXT PRIMARY KEY,
    new_chat_id TEXT NOT NULL,
    moved_at BIGINT NOT NULL
);
