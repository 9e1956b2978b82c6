#!/bin/sh
# Make the secrets of a new installation, a file each: sh deploy/new_secrets.sh [FOLDER]. What is there is left alone.
# The folder is its owner's alone; the files are readable inside it, because each container's own account reads them.
set -eu
folder=${1:-./secrets}
mkdir -p "$folder"
chmod 0700 "$folder"

keep() {
    [ -e "$folder/$1" ] || { cat > "$folder/$1"; echo "made $folder/$1"; }
    chmod 0444 "$folder/$1"
}
random() { head -c "$1" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }

random 48 | keep secret_key
printf '' | keep secret_key_fallbacks
random 32 | keep field_keys
random 48 | keep index_key
random 33 | keep database_password
random 33 | keep database_admin_password
random 33 | keep redis_password
# smtp+tls://user:password@mail.example:587
printf '' | keep email_url
[ -s "$folder/email_url" ] || echo "Write the mail server into $folder/email_url (smtp+tls://user:password@host:587)."
