-- A star in Redshift's own words.
CREATE TABLE dw.dim_date (
    date_key      INTEGER NOT NULL ENCODE RAW SORTKEY,
    full_date     DATE NOT NULL ENCODE AZ64,
    week          SMALLINT NOT NULL,
    is_holiday    BOOLEAN NOT NULL DEFAULT false,
    PRIMARY KEY (date_key)
) DISTSTYLE ALL;

CREATE TABLE dw.dim_store (
    store_key     INTEGER IDENTITY(1,1) NOT NULL,
    store_code    CHAR(6) NOT NULL UNIQUE,
    city          VARCHAR(64) ENCODE LZO,
    state         CHAR(2),
    opened_on     DATE,
    area_m2       DECIMAL(9,1) ENCODE AZ64,
    PRIMARY KEY (store_key),
) DISTSTYLE ALL;

CREATE TABLE dw.dim_customer (
    customer_key  BIGINT NOT NULL DISTKEY,
    email         VARCHAR(128) ENCODE ZSTD,
    first_name    VARCHAR(64),
    last_name     VARCHAR(64),
    loyalty_tier  VARCHAR(8) DEFAULT 'none',
    updated_at    TIMESTAMP NOT NULL DEFAULT SYSDATE,
    PRIMARY KEY (customer_key)
) COMPOUND SORTKEY (customer_key, updated_at);

CREATE TABLE dw.dim_product (
    product_key   BIGINT NOT NULL,
    parent_key    BIGINT REFERENCES dw.dim_product (product_key),
    sku           VARCHAR(24) NOT NULL,
    product_name  VARCHAR(160) NOT NULL,
    list_price    DECIMAL(10,2) NOT NULL,
    PRIMARY KEY (product_key),
    UNIQUE (sku)
) DISTSTYLE AUTO SORTKEY AUTO;

CREATE TABLE dw.fact_sales (
    sale_id       BIGINT NOT NULL,
    date_key      INTEGER NOT NULL REFERENCES dw.dim_date (date_key),
    store_key     INTEGER NOT NULL REFERENCES dw.dim_store (store_key),
    customer_key  BIGINT REFERENCES dw.dim_customer (customer_key) ENCODE AZ64 DISTKEY,
    product_key   BIGINT NOT NULL REFERENCES dw.dim_product (product_key),
    quantity      SMALLINT NOT NULL ENCODE AZ64,
    amount        DECIMAL(12,2) NOT NULL ENCODE AZ64,
    sold_at       TIMESTAMP NOT NULL ENCODE AZ64,
    PRIMARY KEY (sale_id)
) INTERLEAVED SORTKEY (date_key, store_key) BACKUP NO;

GRANT SELECT ON dw.fact_sales TO GROUP analysts;
