# Builds a static program; the image holds nothing else, and runs as nobody.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /entente ./cmd/entente && mkdir /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /entente /entente
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV ENTENTE_STORE=sqlite:///data/entente.db \
    ENTENTE_ADDR=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/entente"]
CMD ["serve"]
