--
-- PostgreSQL database dump, as pg_dump writes it, and what people write by hand
--
\connect shop
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE TYPE public.mood AS ENUM (
    'sad',
    'it''s ok',
    'happy'
);
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $_$
BEGIN NEW.seen := now(); RETURN NEW; END;
$_$;
CREATE TABLE public.customers (
    id integer NOT NULL,
    email public.citext NOT NULL,
    name character varying(60) NOT NULL,
    mood public.mood DEFAULT 'happy'::public.mood,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    address jsonb,
    ip inet,
    score double precision,
    small real,
    born date,
    seen timestamp with time zone DEFAULT now(),
    at_time time(3) without time zone,
    active boolean DEFAULT true NOT NULL,
    country character(2),
    "Balance" numeric(12,2) DEFAULT 0,
    raw bytea,
    span interval,
    CONSTRAINT customers_age CHECK ((born > '1900-01-01'::date)),
    CONSTRAINT customers_country CHECK (((country)::text = ANY ((ARRAY['CH'::character varying, 'DE'::character varying])::text[]))),
    CONSTRAINT customers_score CHECK (((score >= (0)::double precision) AND (score <= (100)::double precision)))
);
ALTER TABLE public.customers OWNER TO shop;
COMMENT ON COLUMN public.customers.email IS 'Login; unique';
CREATE SEQUENCE public.customers_id_seq AS integer START WITH 1 INCREMENT BY 1 CACHE 1;
ALTER TABLE ONLY public.customers ALTER COLUMN id SET DEFAULT nextval('public.customers_id_seq'::regclass);
CREATE TABLE public.orders (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 1 CACHE 20),
    uid uuid DEFAULT gen_random_uuid(),
    customer_id integer NOT NULL,
    total numeric(10,2) NOT NULL CHECK (total >= 0),
    discount numeric,
    net numeric(10,2) GENERATED ALWAYS AS (total - 1) STORED,
    state varchar(10) DEFAULT 'new' CHECK (state IN ('new', 'paid', 'sent')),
    code text CHECK (length(code) BETWEEN 3 AND 8),
    pattern text CHECK (pattern ~ '^[a-z]+$'),
    placed timestamp(0) DEFAULT CURRENT_TIMESTAMP,
    shipped timestamp,
    matrix integer[][],
    CHECK (shipped >= placed OR state <> 'sent')
) PARTITION BY RANGE (placed);
CREATE TABLE public.orders_2024 PARTITION OF public.orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
COPY public.customers (id, email) FROM stdin;
1	it's; a trap (
2	-- no comment
\.
ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_email_name_key UNIQUE (email, name);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id, placed);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX orders_state ON public.orders USING btree (state);
CREATE UNLOGGED TABLE "Odd Names"."Table One" (
    "order" serial PRIMARY KEY,
    "UPPER" int UNIQUE,
    "with ""quote""" varchar,
    plain_text text COLLATE "C",
    during tsrange,
    parent integer REFERENCES "Odd Names"."Table One" ("order") ON DELETE SET NULL,
    EXCLUDE USING gist (during WITH &&)
) WITH (fillfactor=70);
CREATE TABLE base (id int PRIMARY KEY, made timestamptz DEFAULT now());
CREATE TABLE derived (LIKE base INCLUDING ALL, extra money);
CREATE TABLE child (more int) INHERITS (public.customers, base);
CREATE TABLE dept.unit (id int NOT NULL, up int, CONSTRAINT unit_pk PRIMARY KEY (id), CONSTRAINT up_fk FOREIGN KEY (up) REFERENCES dept.later (id));
CREATE TABLE dept.later (id int PRIMARY KEY, e varchar(20) NOT NULL);
