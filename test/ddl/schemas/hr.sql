-- People and who they report to.
CREATE TABLE departments (
    department_id integer PRIMARY KEY,
    name          varchar(60) NOT NULL UNIQUE,
    cost_center   char(6) NOT NULL UNIQUE
);

CREATE TABLE jobs (
    job_code      varchar(10) PRIMARY KEY,
    title         varchar(60) NOT NULL,
    grade         smallint NOT NULL CHECK (grade BETWEEN 1 AND 12)
);

CREATE TABLE employees (
    employee_id   integer PRIMARY KEY,
    manager_id    integer REFERENCES employees (employee_id),
    department_id integer NOT NULL REFERENCES departments,
    job_code      varchar(10) NOT NULL REFERENCES jobs,
    first_name    varchar(40) NOT NULL,
    last_name     varchar(40) NOT NULL,
    email         varchar(120) UNIQUE,
    sex           char(1) CHECK (sex IN ('f', 'm', 'x')),
    hired_on      date NOT NULL CHECK (hired_on >= '1980-01-01'),
    salary        numeric(10,2) NOT NULL CHECK (salary >= 20000 AND salary <= 400000),
    bonus         numeric(10,2) CHECK (bonus >= 0),
    active        boolean NOT NULL
);

CREATE TABLE salary_history (
    employee_id   integer NOT NULL REFERENCES employees ON DELETE CASCADE,
    valid_from    date NOT NULL,
    salary        numeric(10,2) NOT NULL CHECK (salary > 0),
    PRIMARY KEY (employee_id, valid_from)
);

CREATE TABLE absences (
    absence_id    uuid PRIMARY KEY,
    employee_id   integer NOT NULL REFERENCES employees,
    approved_by   integer REFERENCES employees (employee_id),
    reason        varchar(20) NOT NULL CHECK (reason IN ('holiday', 'illness', 'training', 'parental')),
    first_day     date NOT NULL,
    days          numeric(4,1) NOT NULL CHECK (days > 0 AND days <= 180),
    UNIQUE (employee_id, first_day)
);
