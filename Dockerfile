# fixnews in a container: docker run --rm -i fixnews < page.txt > repaired.txt
# or on a folder: docker run --rm -v "$PWD:/pages" fixnews check issue/
FROM python:3.13-slim AS build
COPY . /source
RUN pip wheel --no-cache-dir --wheel-dir /wheels '/source[pdf,corpus]'

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels 'fixnews[pdf,corpus]'
RUN useradd --create-home reader
USER reader
WORKDIR /pages
ENTRYPOINT ["fixnews"]
