DROP TABLE ended_operator_sign_ins;
