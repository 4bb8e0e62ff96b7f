FROM python:3.12-slim

# Its own user: what serves a library's visitors needs no rights over the machine.
RUN useradd --create-home --uid 10001 seoga
WORKDIR /app

COPY requirements.txt constraints.txt run.py ./
RUN python -c "import run; print('\n'.join(run.requirements(['base'])))" > /tmp/base.txt \
    && pip install --no-cache-dir --requirement /tmp/base.txt --constraint constraints.txt

COPY es_mappings/ es_mappings/
COPY recommender/ recommender/
COPY indexer/ indexer/
COPY webapp/ webapp/
COPY sample/ sample/

RUN mkdir /data && chown seoga /data
USER seoga
ENV SEOGA_DATA_DIR=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/v1/health', timeout=4)"]
CMD ["python", "-m", "webapp", "--host", "0.0.0.0", "--port", "8000"]
