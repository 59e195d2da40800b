-- An execution has a natural key, so that copying a history twice adds nothing. Two executions that are alike in all of it are two: they are counted. Those
-- that the bot's own copying doubled cannot be told from such, and are kept and counted too.
--
-- add-column-if-missing: executions occurrence BIGINT NOT NULL DEFAULT 0

UPDATE executions
SET occurrence = (
    SELECT COUNT(*)
    FROM executions AS earlier
    WHERE earlier.chat_id = executions.chat_id AND earlier.ticker = executions.ticker AND earlier.signal_type = executions.signal_type
      AND earlier.execution_date = executions.execution_date AND earlier.execution_price = executions.execution_price AND earlier.id < executions.id
);
CREATE UNIQUE INDEX uq_executions ON executions (chat_id, signal_type, ticker, execution_date, execution_price, occurrence);

-- A chat's history in its order, which the documented indexes would have to sort.
CREATE INDEX idx_executions_chat_id_date ON executions (chat_id, execution_date DESC, id DESC);
