#include "everything.h"

namespace whichbase::test {

const char* const everything = R"sql(
CREATE SCHEMA audit;
CREATE EXTENSION pgcrypto;
CREATE TYPE public.mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE DOMAIN public.email AS varchar(200) COLLATE "C" NOT NULL DEFAULT 'x@example.org' CHECK (VALUE ~ '@');
CREATE TYPE public.place AS (street text, number int);
CREATE TYPE public.span AS RANGE (SUBTYPE = float8);
CREATE TABLE public.users (
  id bigserial PRIMARY KEY,
  name varchar(40) NOT NULL UNIQUE,
  mail public.email,
  mood public.mood DEFAULT 'happy',
  status varchar(10) DEFAULT 'new' CHECK (status IN ('new', 'it''s, (ok)', 'gone')),
  at timestamptz NOT NULL DEFAULT '2025-12-03 14:20:00+02',
  day date DEFAULT '2025-12-03',
  wait interval DEFAULT '1 day 02:00',
  ratio float8 DEFAULT 0.1,
  raw bytea DEFAULT '\x00ff',
  flags text[] DEFAULT ARRAY['a', 'b']::text[],
  lower_name text GENERATED ALWAYS AS (lower(name)) STORED,
  CONSTRAINT adult CHECK (ratio > -1 AND day < '2100-01-01'));
CREATE INDEX users_lower ON public.users (lower(name) text_pattern_ops, at DESC NULLS LAST) INCLUDE (mood)
  WHERE status IN ('new', 'gone');
CREATE TABLE public.orders (
  id int GENERATED ALWAYS AS IDENTITY (START 100 INCREMENT 10),
  user_id bigint REFERENCES public.users ON DELETE CASCADE DEFERRABLE,
  during tstzrange,
  PRIMARY KEY (id, user_id),
  EXCLUDE USING gist (during WITH &&)) WITH (fillfactor = 70);
ALTER TABLE public.orders ADD CONSTRAINT late CHECK (id > 0) NOT VALID;
ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON public.orders FOR SELECT TO PUBLIC USING (user_id = 1);
CREATE SEQUENCE audit.numbers AS int INCREMENT 5 MINVALUE 10 MAXVALUE 1000 CYCLE;
CREATE VIEW public.names AS SELECT name, mood FROM public.users WHERE status IN ('new', 'gone');
CREATE MATERIALIZED VIEW audit.totals AS
  SELECT u.name, count(o.id) AS orders FROM public.users u LEFT JOIN public.orders o ON o.user_id = u.id GROUP BY u.name;
CREATE UNIQUE INDEX totals_name ON audit.totals (name);
CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no'; END$$;
CREATE FUNCTION public.add(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE PROCEDURE audit.tidy(INOUT n int) LANGUAGE plpgsql AS $$BEGIN n := 0; END$$;
CREATE AGGREGATE public.total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE TRIGGER protect BEFORE DELETE OR TRUNCATE ON public.users FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();
CREATE TRIGGER watch AFTER UPDATE OF name ON public.users FOR EACH ROW WHEN (NEW.status IN ('new', 'gone'))
  EXECUTE FUNCTION public.refuse();
ALTER TABLE public.users DISABLE TRIGGER watch;
CREATE FUNCTION public.note_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$;
CREATE EVENT TRIGGER on_drop ON sql_drop WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION public.note_drop();
CREATE RULE keep AS ON DELETE TO public.orders WHERE OLD.id < 10 DO INSTEAD NOTHING;
CREATE TABLE audit.log (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE audit.log_2024 PARTITION OF audit.log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE audit.log_2025 PARTITION OF audit.log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
  PARTITION BY LIST (what);
CREATE TABLE audit.log_2025_a PARTITION OF audit.log_2025 FOR VALUES IN ('a', 'b');
CREATE INDEX log_at ON audit.log (at);
CREATE TRIGGER log_watch AFTER INSERT ON audit.log FOR EACH ROW EXECUTE FUNCTION public.refuse();
CREATE TABLE public.parent (a int);
CREATE TABLE public.child (b text) INHERITS (public.parent);
CREATE UNLOGGED TABLE public.cache (k text PRIMARY KEY) WITH (autovacuum_enabled = off);
CREATE TABLE public."Odd ""name"" with.everything, and sixty-three characters: äöü" ("Group" text UNIQUE, "a b" int CHECK ("a b" > 0));
ALTER TABLE public.cache REPLICA IDENTITY FULL;
)sql";

} // namespace whichbase::test
