-- Courses and marks, with keys of several columns throughout.
CREATE TABLE terms (
    school_year   smallint NOT NULL CHECK (school_year BETWEEN 2000 AND 2039),
    half          smallint NOT NULL CHECK (half IN (1, 2)),
    begins_on     date NOT NULL,
    PRIMARY KEY (school_year, half)
);

CREATE TABLE teachers (
    teacher_id    integer PRIMARY KEY,
    first_name    varchar(40) NOT NULL,
    last_name     varchar(40) NOT NULL
);

CREATE TABLE students (
    student_id    integer PRIMARY KEY,
    first_name    varchar(40) NOT NULL,
    last_name     varchar(40) NOT NULL,
    born_on       date NOT NULL,
    mentor_id     integer REFERENCES teachers (teacher_id)
);

CREATE TABLE courses (
    subject       varchar(8) NOT NULL CHECK (subject IN ('math', 'physics', 'english', 'history', 'music', 'art')),
    course_number integer NOT NULL CHECK (course_number BETWEEN 100 AND 499),
    title         varchar(80) NOT NULL,
    credits       numeric(3,1) NOT NULL CHECK (credits >= 0.5 AND credits <= 12),
    PRIMARY KEY (subject, course_number)
);

CREATE TABLE classes (
    subject       varchar(8) NOT NULL,
    course_number integer NOT NULL,
    school_year   smallint NOT NULL,
    half          smallint NOT NULL,
    teacher_id    integer NOT NULL REFERENCES teachers,
    room          varchar(10),
    PRIMARY KEY (subject, course_number, school_year, half),
    FOREIGN KEY (subject, course_number) REFERENCES courses,
    FOREIGN KEY (school_year, half) REFERENCES terms
);

CREATE TABLE enrolments (
    student_id    integer NOT NULL REFERENCES students,
    subject       varchar(8) NOT NULL,
    course_number integer NOT NULL,
    school_year   smallint NOT NULL,
    half          smallint NOT NULL,
    mark          numeric(2,1) CHECK (mark BETWEEN 1 AND 6),
    PRIMARY KEY (student_id, subject, course_number, school_year, half),
    FOREIGN KEY (subject, course_number, school_year, half) REFERENCES classes
);
