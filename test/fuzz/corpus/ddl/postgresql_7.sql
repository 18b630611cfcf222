oCREATE TABLE t (a INT);
CREATE TABLE dept.unit (id int NOT NULL, up int, CONSTRAINT unit_pk PRIMARY KEY (id), CONSTRAINT up_fk FOREIGN KEY (up) REFERENCES dept.later (id));