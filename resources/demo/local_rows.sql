-- LOCAL's rows: 22 users who came over 19 days, the newest at :newest, and what they did.
SET ROLE :"role";

INSERT INTO public."User" (username, email, created_at)
SELECT name, name || '@example.org', :'newest'::timestamptz - interval '19 days' * (22 - number) / 21
FROM unnest(ARRAY['amberfox', 'boreal', 'cinder', 'dunewalker', 'elmstreet', 'fernhill', 'gullwing', 'harborlight',
                  'inkwell', 'junebug', 'kestrel', 'lanternfish', 'mapleroot', 'northbound', 'otterly', 'pebblebeach',
                  'quillpen', 'riverstone', 'saltmarsh', 'thistle', 'umberwood', 'violetsky'])
     WITH ORDINALITY AS people (name, number)
ORDER BY number;

INSERT INTO public.games (title, players)
VALUES ('Comet Racers', 4), ('Deep Harbor', 2), ('Forest of Tiles', 5), ('Moon Market', 6), ('Paper Kingdoms', 3);
INSERT INTO public.schema_version (version, applied_at)
SELECT version, :'newest'::timestamptz - interval '20 days' + interval '2 days' * version FROM generate_series(1, 8) version;
INSERT INTO public.sessions (game_id, host_id, starts_at)
SELECT 1 + n % 5, 1 + n % 22, :'newest'::timestamptz + interval '3 hours' * n FROM generate_series(1, 40) n;
INSERT INTO public.friends SELECT n, 1 + n % 22 FROM generate_series(1, 22) n;
INSERT INTO public.game_requests (sender_id, game_id, sent_at)
SELECT 1 + n % 22, 1 + n % 5, :'newest'::timestamptz - interval '1 hour' * n FROM generate_series(1, 60) n;
INSERT INTO public.notifications (user_id, message, created_at)
SELECT 1 + n % 22, 'A session starts soon', :'newest'::timestamptz - interval '40 minutes' * n
FROM generate_series(1, 120) n;
INSERT INTO public.user_availability SELECT 1 + n % 22, 1 + n / 22, 17 + n % 5 FROM generate_series(0, 65) n;
INSERT INTO public.user_settings SELECT n, 'en', n % 3 = 0 FROM generate_series(1, 22) n;
INSERT INTO public.messages (sender_id, text, sent_at)
SELECT 1 + n % 22, 'See you there!', :'newest'::timestamptz - interval '25 minutes' * n FROM generate_series(1, 90) n;
INSERT INTO public.reviews (game_id, author_id, stars) SELECT 1 + n % 5, 1 + n % 22, 3 + n % 3 FROM generate_series(1, 30) n;
INSERT INTO public.user_devices (user_id, platform)
SELECT n, CASE n % 2 WHEN 0 THEN 'android' ELSE 'ios' END FROM generate_series(1, 22) n;
INSERT INTO public.user_roles SELECT n, CASE n WHEN 1 THEN 'admin' ELSE 'player' END FROM generate_series(1, 22) n;
INSERT INTO public.audit_log (actor_id, action, at)
SELECT 1 + n % 22, 'profile changed', :'newest'::timestamptz - interval '15 minutes' * n FROM generate_series(1, 200) n;
INSERT INTO public.game_backup SELECT * FROM public.games;
INSERT INTO public.login_history (user_id, at)
SELECT 1 + n % 22, :'newest'::timestamptz - interval '10 minutes' * n FROM generate_series(1, 300) n;
INSERT INTO public.user_archive (id, username, email, created_at)
VALUES (901, 'oldtimer', 'oldtimer@example.org', :'newest'::timestamptz - interval '60 days');

RESET ROLE;
ANALYZE;
