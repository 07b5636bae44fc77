# The bundle in dist/ has every package in it, so the image needs no node_modules.
# The oldest Node that tminus runs on is in package.json; the image has one that still gets fixes. Its digest is that of
# the index for all architectures; `docker buildx imagetools inspect node:24.11.1-bookworm-slim` prints the present one.
FROM node:24.11.1-bookworm-slim@sha256:48abc13a19400ca3985071e287bd405a1d99306770eb81d61202fb6b65cf0b57 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without the sandbox, a package of its own that the image has no use for.
RUN npm ci --workspaces=false
COPY . .
RUN npm run build

FROM node:24.11.1-bookworm-slim@sha256:48abc13a19400ca3985071e287bd405a1d99306770eb81d61202fb6b65cf0b57
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/dist dist
COPY package.json ./
COPY bin bin
COPY migrations migrations
COPY templates templates
USER node
EXPOSE 3000
# It drains on SIGTERM. Run it with an init, which collects dead children (compose: `init: true`).
# The heap is kept small, as `npm start` keeps it: V8 would let it grow with the memory of the machine.
ENTRYPOINT ["node", "--enable-source-maps", "--max-old-space-size=256", "--max-semi-space-size=4", "bin/tminus.mjs"]
CMD ["start"]
