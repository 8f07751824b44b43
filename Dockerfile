# Written for those who prefer containers; it has not been built or run yet.
FROM python:3.11-slim-bookworm
RUN useradd --create-home serai
WORKDIR /serai
COPY requirements/run.txt requirements/run.txt
COPY tools/uv.txt tools/uv.txt
RUN python -m venv /opt/tools \
    && /opt/tools/bin/pip install --no-cache-dir --require-hashes --no-deps -r tools/uv.txt \
    && python -m venv .venv \
    && /opt/tools/bin/uv pip install --no-cache --python .venv/bin/python --require-hashes --no-deps -r requirements/run.txt
COPY server server
COPY simulator simulator
COPY web web
RUN /opt/tools/bin/uv pip install --no-cache --python .venv/bin/python --no-deps -e server -e simulator \
    && .venv/bin/python -c "from serai.app import webbuild; print(webbuild.build())" \
    && chown -R serai:serai server/serai/web_dist web
RUN mkdir -p /home/serai/media && chown serai:serai /home/serai/media
USER serai
ENV PATH=/serai/.venv/bin:$PATH
EXPOSE 8788
CMD ["serai", "serve"]
