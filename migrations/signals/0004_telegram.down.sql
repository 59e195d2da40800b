DROP TABLE chat_moves;
DROP TABLE telegram_rate;
DROP TABLE telegram_outbox;
DROP TABLE telegram_chats;
DROP TABLE telegram_updates;
