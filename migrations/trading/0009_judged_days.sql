-- A day is judged without what came in and went out, and by nothing while not all of it is known: missing says what. ledger_from is in milliseconds, as the
-- exchange dates what moves. A first day has no starts_at: it begins with its first balance.

ALTER TABLE daily_balances ADD COLUMN starts_at BIGINT;
ALTER TABLE daily_balances ADD COLUMN ledger_from BIGINT;
ALTER TABLE daily_balances ADD COLUMN missing TEXT;

-- The zone in which a trader's days are while none is chosen: what the first sign-in or request suggested.
ALTER TABLE traders ADD COLUMN assumed_zone_id TEXT;
ALTER TABLE traders ADD COLUMN assumed_offset DOUBLE PRECISION;
ALTER TABLE traders ADD COLUMN assumed_name TEXT;
ALTER TABLE traders ADD COLUMN assumed_from TEXT;

-- Where the mode does not tell, this came from a figure that was merely near.
UPDATE traders SET is_unified = NULL
WHERE account_mode IS NULL OR account_mode NOT IN ('disabled', 'dexAbstraction', 'unifiedAccount', 'portfolioMargin');
