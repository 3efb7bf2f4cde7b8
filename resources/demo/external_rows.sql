-- EXTERNAL's rows: the state of 19 days before LOCAL's newest user, when there was one user and little else.
SET ROLE :"role";

INSERT INTO public."User" (username, email, created_at)
VALUES ('amberfox', 'amberfox@example.org', :'newest'::timestamptz - interval '19 days');
INSERT INTO public.games (title, players) VALUES ('Comet Racers', 4), ('Deep Harbor', 2);
INSERT INTO public.schema_version (version, applied_at)
VALUES (1, :'newest'::timestamptz - interval '19 days');
INSERT INTO public.user_settings (user_id) VALUES (1);

RESET ROLE;
ANALYZE;
