-- Patients, stays, measurements and medicines.
CREATE TYPE blood_group AS ENUM ('0+', '0-', 'A+', 'A-', 'B+', 'B-', 'AB+', 'AB-');

CREATE TABLE wards (
    ward_id       smallint PRIMARY KEY,
    name          varchar(60) NOT NULL UNIQUE,
    beds          smallint NOT NULL CHECK (beds BETWEEN 1 AND 60)
);

CREATE TABLE staff (
    staff_id      integer PRIMARY KEY,
    ward_id       smallint REFERENCES wards,
    full_name     varchar(100) NOT NULL,
    profession    varchar(20) NOT NULL CHECK (profession IN ('doctor', 'nurse', 'therapist', 'clerk'))
);

CREATE TABLE patients (
    patient_id    bigint PRIMARY KEY,
    insurance_no  varchar(12) UNIQUE,
    first_name    varchar(50) NOT NULL,
    last_name     varchar(50) NOT NULL,
    date_of_birth date NOT NULL CHECK (date_of_birth >= DATE '1905-01-01'),
    blood         blood_group,
    height_cm     numeric(4,1) CHECK (height_cm > 30 AND height_cm < 260)
);

CREATE TABLE stays (
    stay_id       bigint PRIMARY KEY,
    patient_id    bigint NOT NULL REFERENCES patients,
    ward_id       smallint NOT NULL REFERENCES wards,
    admitted_at   timestamp NOT NULL,
    discharged_at timestamp,
    CONSTRAINT stay_ends_after_it_begins CHECK (discharged_at > admitted_at)
);

CREATE TABLE vital_signs (
    stay_id       bigint NOT NULL REFERENCES stays,
    measured_at   timestamp NOT NULL,
    systolic      smallint NOT NULL CHECK (systolic BETWEEN 50 AND 260),
    diastolic     smallint NOT NULL CHECK (diastolic BETWEEN 30 AND 160),
    temperature   numeric(3,1) CHECK (temperature >= 30 AND temperature <= 43),
    PRIMARY KEY (stay_id, measured_at)
);

CREATE TABLE medicines (
    atc_code      char(7) PRIMARY KEY,
    name          varchar(80) NOT NULL,
    unit          varchar(4) NOT NULL CHECK (unit IN ('mg', 'ml', 'IU'))
);

CREATE TABLE prescriptions (
    stay_id       bigint NOT NULL REFERENCES stays,
    atc_code      char(7) NOT NULL REFERENCES medicines,
    prescribed_by integer NOT NULL REFERENCES staff (staff_id),
    dose          numeric(7,2) NOT NULL CHECK (dose > 0),
    times_a_day   smallint NOT NULL CHECK (times_a_day IN (1, 2, 3, 4, 6)),
    PRIMARY KEY (stay_id, atc_code)
);
