#!/bin/sh
# Runs once, when the volume of PostgreSQL is new: Fedora's index is a database of its own on the same server.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set=password="$FEDORA_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE fcrepo LOGIN PASSWORD :'password';
CREATE DATABASE fcrepo OWNER fcrepo;
SQL
