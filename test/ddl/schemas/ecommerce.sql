-- A shop: customers, catalogue, baskets that became orders.
CREATE TABLE customers (
    customer_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email         varchar(254) NOT NULL UNIQUE,
    first_name    varchar(60) NOT NULL,
    last_name     varchar(60) NOT NULL,
    phone         varchar(32),
    birth_date    date CHECK (birth_date >= DATE '1900-01-01' AND birth_date < DATE '2010-01-01'),
    marketing     boolean NOT NULL DEFAULT false,
    created_at    timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE addresses (
    address_id    bigserial PRIMARY KEY,
    customer_id   bigint NOT NULL REFERENCES customers (customer_id) ON DELETE CASCADE,
    kind          varchar(10) NOT NULL CHECK (kind IN ('billing', 'shipping')),
    street        varchar(120) NOT NULL,
    city          varchar(80) NOT NULL,
    zip           varchar(10) NOT NULL,
    country       char(2) NOT NULL DEFAULT 'US'
);

CREATE TABLE categories (
    category_id   integer PRIMARY KEY,
    parent_id     integer REFERENCES categories,
    name          varchar(80) NOT NULL UNIQUE
);

CREATE TABLE products (
    product_id    bigint PRIMARY KEY,
    category_id   integer NOT NULL REFERENCES categories,
    sku           varchar(20) NOT NULL UNIQUE,
    title         varchar(200) NOT NULL,
    description   text,
    price         numeric(10,2) NOT NULL CHECK (price > 0),
    weight_kg     numeric(8,3) CHECK (weight_kg >= 0),
    active        boolean NOT NULL DEFAULT true
);

CREATE TABLE orders (
    order_id      bigint PRIMARY KEY,
    customer_id   bigint NOT NULL REFERENCES customers,
    ship_to       bigint REFERENCES addresses (address_id),
    status        varchar(12) NOT NULL DEFAULT 'new'
                  CHECK (status IN ('new', 'paid', 'packed', 'shipped', 'returned')),
    ordered_at    timestamp NOT NULL,
    total         numeric(12,2) NOT NULL CHECK (total BETWEEN 0 AND 1000000)
);

CREATE TABLE order_items (
    order_id      bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
    line_number   smallint NOT NULL CHECK (line_number >= 1 AND line_number <= 99),
    product_id    bigint NOT NULL REFERENCES products,
    quantity      integer NOT NULL CHECK (quantity BETWEEN 1 AND 20),
    unit_price    numeric(10,2) NOT NULL CHECK (unit_price >= 0),
    discount      numeric(4,3) NOT NULL DEFAULT 0 CHECK (discount >= 0 AND discount < 1),
    PRIMARY KEY (order_id, line_number)
);

CREATE TABLE reviews (
    product_id    bigint NOT NULL REFERENCES products,
    customer_id   bigint NOT NULL REFERENCES customers,
    stars         smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
    body          text,
    written_on    date NOT NULL,
    PRIMARY KEY (product_id, customer_id)
);
