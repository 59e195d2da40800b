ALTER TABLE traders DROP COLUMN assumed_from;
ALTER TABLE traders DROP COLUMN assumed_name;
ALTER TABLE traders DROP COLUMN assumed_offset;
ALTER TABLE traders DROP COLUMN assumed_zone_id;
ALTER TABLE daily_balances DROP COLUMN missing;
ALTER TABLE daily_balances DROP COLUMN ledger_from;
ALTER TABLE daily_balances DROP COLUMN starts_at;
