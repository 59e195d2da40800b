DROP TABLE timer_status;
