# Preserve in one image. Three arguments, because where images come from is the site's choice:
#   docker build --build-arg SDK_IMAGE=<an image with the .NET 10 SDK> --build-arg NODE_IMAGE=node:20-slim --build-arg BASE_IMAGE=debian:12-slim -t preserve .
# Running it needs user namespaces inside the container: see deploy/docker/README.md.
ARG SDK_IMAGE
ARG NODE_IMAGE=node:20-slim
ARG BASE_IMAGE=debian:12-slim

FROM ${NODE_IMAGE} AS player
WORKDIR /source/web/player
COPY web/player .
# What is printed on the keys of the keyboard on the screen.
COPY emulation/Preserve.Emulation/layouts /source/emulation/Preserve.Emulation/layouts
RUN npm ci --no-audit --no-fund && npm run build

FROM ${SDK_IMAGE} AS build
RUN apt-get update && apt-get install --yes --no-install-recommends nasm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
COPY --from=player /source/web/Preserve.Web/wwwroot web/Preserve.Web/wwwroot
RUN dotnet publish web/Preserve.Web/Preserve.Web.csproj --configuration Release --self-contained --use-current-runtime --output /preserve

FROM ${BASE_IMAGE}
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      bubblewrap util-linux xz-utils libicu72 ca-certificates \
      qemu-system-x86 qemu-system-ppc qemu-system-sparc qemu-system-arm qemu-utils seabios libopus0 \
      sleuthkit hfsutils ewf-tools mtools genisoimage fonts-dejavu-core \
      grub-rescue-pc memtest86+ ipxe \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --no-create-home --shell /usr/sbin/nologin preserve-sandbox
COPY --from=build /preserve /usr/lib/preserve
RUN ln -s /usr/lib/preserve/Preserve.Web /usr/bin/preserve
VOLUME /var/lib/preserve
EXPOSE 5080
ENTRYPOINT ["/usr/bin/preserve"]
CMD ["run", "--urls", "http://0.0.0.0:5080", "--data", "/var/lib/preserve"]
