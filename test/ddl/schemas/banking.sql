-- Accounts and what moves between them.
CREATE TABLE branches (
    branch_code   char(4) PRIMARY KEY,
    city          varchar(60) NOT NULL,
    opened_on     date NOT NULL
);

CREATE TABLE clients (
    client_id     bigint PRIMARY KEY,
    tax_id        varchar(16) NOT NULL UNIQUE,
    full_name     varchar(120) NOT NULL,
    date_of_birth date NOT NULL,
    risk_class    char(1) NOT NULL CHECK (risk_class IN ('A', 'B', 'C', 'D')),
    branch_code   char(4) NOT NULL REFERENCES branches
);

CREATE TABLE accounts (
    account_id    bigint PRIMARY KEY,
    client_id     bigint NOT NULL REFERENCES clients,
    currency      char(3) NOT NULL CHECK (currency IN ('EUR', 'USD', 'GBP', 'CHF')),
    kind          varchar(10) NOT NULL CHECK (kind IN ('checking', 'savings', 'credit')),
    balance       numeric(18,2) NOT NULL CHECK (balance >= -100000 AND balance <= 10000000),
    overdraft     numeric(12,2) NOT NULL DEFAULT 0 CHECK (overdraft BETWEEN 0 AND 50000),
    opened_at     timestamp NOT NULL,
    closed_at     timestamp,
    CONSTRAINT closed_after_opened CHECK (closed_at IS NULL OR closed_at >= opened_at)
);

CREATE TABLE cards (
    card_number   bigint PRIMARY KEY CHECK (card_number >= 4000000000000000 AND card_number <= 4999999999999999),
    account_id    bigint NOT NULL REFERENCES accounts,
    expires       date NOT NULL CHECK (expires > DATE '2024-12-31'),
    daily_limit   integer NOT NULL CHECK (daily_limit IN (500, 1000, 2500, 5000))
);

CREATE TABLE transfers (
    transfer_id   uuid PRIMARY KEY,
    from_account  bigint NOT NULL REFERENCES accounts (account_id),
    to_account    bigint NOT NULL REFERENCES accounts (account_id),
    amount        numeric(14,2) NOT NULL CHECK (amount > 0 AND amount <= 99999.99),
    fee           numeric(8,4) NOT NULL CHECK (fee >= 0),
    booked_at     timestamp with time zone NOT NULL,
    reference     varchar(140)
);
