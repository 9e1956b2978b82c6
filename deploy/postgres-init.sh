#!/bin/sh
# Runs once, on an empty data folder: the app's own role and database.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$EPEKEN_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE epeken LOGIN PASSWORD :'password';
CREATE DATABASE epeken OWNER epeken;
SQL
