DROP TABLE kv_entries;
