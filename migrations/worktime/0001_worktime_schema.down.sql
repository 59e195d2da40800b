DROP TABLE daily_stats;
DROP TABLE time_sessions;
DROP TABLE users;
