DROP INDEX idx_executions_chat_id_date;
DROP INDEX uq_executions;
ALTER TABLE executions DROP COLUMN occurrence;
