#!/bin/sh
# Runs once, on an empty data folder: the app's own role and database. psql reads the password itself: an argument
# would stand in the list of processes.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set password `cat /run/secrets/database_password`
CREATE ROLE epeken LOGIN PASSWORD :'password';
CREATE DATABASE epeken OWNER epeken;
SQL
