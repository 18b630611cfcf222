-- Halls, shows, seats and who bought them.
CREATE TABLE venues (
    venue_id      integer PRIMARY KEY,
    name          varchar(100) NOT NULL,
    city          varchar(60) NOT NULL,
    capacity      integer NOT NULL CHECK (capacity > 0 AND capacity <= 90000)
);

CREATE TABLE events (
    event_id      bigint PRIMARY KEY,
    venue_id      integer NOT NULL REFERENCES venues,
    title         varchar(160) NOT NULL,
    category      varchar(20) NOT NULL CHECK (category = 'concert' OR category = 'theatre' OR category = 'sport'),
    doors_at      timestamp NOT NULL,
    starts_at     timestamp NOT NULL,
    CHECK (starts_at >= doors_at)
);

CREATE TABLE seats (
    venue_id      integer NOT NULL REFERENCES venues,
    section       smallint NOT NULL CHECK (section BETWEEN 1 AND 40),
    seat_row      smallint NOT NULL CHECK (seat_row BETWEEN 1 AND 60),
    seat_number   smallint NOT NULL CHECK (seat_number BETWEEN 1 AND 80),
    PRIMARY KEY (venue_id, section, seat_row, seat_number)
);

CREATE TABLE buyers (
    buyer_id      bigint PRIMARY KEY,
    username      varchar(40) NOT NULL UNIQUE,
    email         varchar(120) NOT NULL UNIQUE
);

CREATE TABLE tickets (
    ticket_id     uuid PRIMARY KEY,
    event_id      bigint NOT NULL REFERENCES events,
    buyer_id      bigint REFERENCES buyers,
    venue_id      integer NOT NULL,
    section       smallint NOT NULL,
    seat_row      smallint NOT NULL,
    seat_number   smallint NOT NULL,
    price         numeric(8,2) NOT NULL CHECK (price >= 5 AND price <= 999.99),
    state         text NOT NULL CHECK (state IN ('free', 'reserved', 'sold')),
    FOREIGN KEY (venue_id, section, seat_row, seat_number)
        REFERENCES seats (venue_id, section, seat_row, seat_number)
);
