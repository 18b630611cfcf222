-- Devices and what they measure.
CREATE TABLE sites (
    site_id       integer PRIMARY KEY,
    name          text NOT NULL,
    latitude      double precision NOT NULL CHECK (latitude >= -90 AND latitude <= 90),
    longitude     double precision NOT NULL CHECK (longitude >= -180 AND longitude <= 180)
);

CREATE TABLE device_types (
    type_code     varchar(12) PRIMARY KEY,
    maker         text NOT NULL,
    interval_s    integer NOT NULL CHECK (interval_s IN (1, 10, 60, 300, 3600))
);

CREATE TABLE devices (
    device_id     uuid PRIMARY KEY,
    site_id       integer NOT NULL REFERENCES sites,
    type_code     varchar(12) NOT NULL REFERENCES device_types,
    gateway_id    uuid REFERENCES devices (device_id),
    mac           varchar(17) NOT NULL UNIQUE,
    firmware      varchar(20),
    installed_on  date NOT NULL,
    enabled       boolean NOT NULL DEFAULT true
);

CREATE TABLE readings (
    device_id     uuid NOT NULL REFERENCES devices,
    read_at       timestamp NOT NULL,
    metric        smallint NOT NULL CHECK (metric BETWEEN 0 AND 15),
    value         double precision NOT NULL,
    quality       real CHECK (quality >= 0 AND quality <= 1),
    PRIMARY KEY (device_id, read_at, metric)
);

CREATE TABLE alerts (
    alert_id      bigint PRIMARY KEY,
    device_id     uuid NOT NULL REFERENCES devices,
    severity      smallint NOT NULL CHECK (severity IN (1, 2, 3)),
    raised_at     timestamp with time zone NOT NULL,
    details       jsonb
);
