# Alambic from Debian's packages and PyPI's alone; what it needs at run time is in the image, models included.
#
#     docker build -t alambic .
#     docker run --rm --network none -v "$PWD:/work" -u "$(id -u):$(id -g)" alambic run releases/ -o tables/

FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY pipeline pipeline
COPY models models
RUN python3 -m venv /opt/alambic \
    && /opt/alambic/bin/pip install --no-cache-dir . \
    && /opt/alambic/bin/pip check

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home alambic
COPY --from=build /opt/alambic /opt/alambic
ENV PATH=/opt/alambic/bin:$PATH
USER alambic
WORKDIR /work
ENTRYPOINT ["alambic"]
CMD ["--help"]
