-- Titles, copies and loans.
CREATE TABLE publishers (
    publisher_id  integer PRIMARY KEY,
    name          varchar(120) NOT NULL,
    country       varchar(60)
);

CREATE TABLE authors (
    author_id     integer PRIMARY KEY,
    name          varchar(120) NOT NULL,
    born          smallint CHECK (born > 1400 AND born < 2010)
);

CREATE TABLE books (
    isbn          char(13) PRIMARY KEY,
    publisher_id  integer REFERENCES publishers,
    title         varchar(200) NOT NULL,
    published     smallint NOT NULL CHECK (published BETWEEN 1450 AND 2030),
    pages         integer CHECK (pages > 0 AND pages < 5000),
    language      char(2) NOT NULL CHECK (language IN ('en', 'de', 'fr', 'es', 'it'))
);

CREATE TABLE book_authors (
    isbn          char(13) NOT NULL REFERENCES books ON DELETE CASCADE,
    author_id     integer NOT NULL REFERENCES authors,
    role          varchar(12) NOT NULL DEFAULT 'author' CHECK (role IN ('author', 'editor', 'translator')),
    PRIMARY KEY (isbn, author_id)
);

CREATE TABLE copies (
    barcode       bigint PRIMARY KEY,
    isbn          char(13) NOT NULL REFERENCES books,
    shelf         varchar(12) NOT NULL,
    acquired_on   date NOT NULL,
    condition     smallint NOT NULL CHECK (condition >= 1 AND condition <= 5)
);

CREATE TABLE members (
    card_number   integer PRIMARY KEY,
    name          varchar(100) NOT NULL,
    email         varchar(120) UNIQUE,
    joined_on     date NOT NULL,
    blocked       boolean NOT NULL DEFAULT false
);

CREATE TABLE loans (
    loan_id       bigint PRIMARY KEY,
    barcode       bigint NOT NULL REFERENCES copies,
    card_number   integer NOT NULL REFERENCES members,
    lent_on       date NOT NULL,
    due_on        date NOT NULL,
    returned_on   date,
    renewals      smallint NOT NULL DEFAULT 0 CHECK (renewals BETWEEN 0 AND 3),
    CHECK (due_on > lent_on),
    CHECK (returned_on IS NULL OR returned_on >= lent_on)
);
