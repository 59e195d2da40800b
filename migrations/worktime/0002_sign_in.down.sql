DROP TABLE webhook_deliveries;
DROP TABLE token_families;
DROP TABLE auth_states;
