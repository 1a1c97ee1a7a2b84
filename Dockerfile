# docs/operations.md says how to build and run it.
ARG BASE=debian:bookworm-slim
FROM ${BASE}

RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv nginx-light \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home brine

WORKDIR /app
COPY requirements.lock ./
RUN python3 -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

COPY .streamlit .streamlit
COPY streamlit_app.py ./
COPY pages pages
COPY lib lib
COPY tools/serve.py tools/serve.py
COPY --chown=brine models /models

# Two memory arenas for all threads: freed memory goes back to the system instead of staying with each thread.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2 BRINE_MODELS=/models
USER brine
VOLUME /models
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD python -c "import urllib.request as u; u.urlopen('http://localhost:8501/_stcore/health', timeout=4)"
ENTRYPOINT ["python", "-m", "tools.serve"]
CMD ["--port", "8501", "--workers", "1"]
