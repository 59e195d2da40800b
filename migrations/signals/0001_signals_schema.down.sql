DROP TABLE _migration_status;
DROP TABLE cache;
DROP TABLE active_positions;
DROP TABLE executions;
DROP TABLE watchlists;
DROP TABLE users;
