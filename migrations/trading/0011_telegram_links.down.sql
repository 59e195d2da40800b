DROP TABLE telegram_link_failures;
DROP TABLE telegram_link_codes;
DROP TABLE telegram_links;
