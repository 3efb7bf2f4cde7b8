-- A role of its own, as applications have, and the database that both clusters carry under one name.
CREATE ROLE :"role" LOGIN PASSWORD :'password';
-- To see whose sessions are on the database; a role without it would leave that unknown.
GRANT pg_read_all_stats TO :"role";
CREATE DATABASE "TovPlay" OWNER :"role";
