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

-- Days that are open now were opened in UTC where no zone was chosen, and go on in it.
UPDATE traders SET assumed_offset = 0, assumed_name = 'UTC', assumed_from = 'default'
WHERE EXISTS (SELECT 1 FROM daily_balances AS day WHERE day.user_address = traders.user_address AND day.end_balance IS NULL AND day.ends_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM user_settings AS chosen WHERE chosen.user_address = traders.user_address AND chosen.timezone_name <> '');
