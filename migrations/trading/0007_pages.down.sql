DROP TABLE sign_in_codes;
DROP TABLE data_protection_keys;
