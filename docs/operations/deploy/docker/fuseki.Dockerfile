# Apache Jena Fuseki from its jar; Apache publishes no image of it.
FROM maven:3.9-eclipse-temurin-17 AS jar
RUN mvn -q -B dependency:copy -Dartifact=org.apache.jena:jena-fuseki-server:5.6.0 -DoutputDirectory=/jar

FROM eclipse-temurin:17-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 10003 fuseki && useradd --system --uid 10003 --gid fuseki --home-dir /fuseki fuseki \
 && install -d -o fuseki -g fuseki -m 0700 /fuseki
COPY --from=jar /jar/jena-fuseki-server-5.6.0.jar /opt/fuseki.jar
USER 10003:10003
ENV FUSEKI_BASE=/fuseki
WORKDIR /fuseki
VOLUME /fuseki
EXPOSE 3030
# Fuseki makes no folder for its store
ENTRYPOINT ["/bin/sh", "-c", "mkdir -p /fuseki/thocam && exec java -Xmx2g -jar /opt/fuseki.jar --port 3030 --tdb2 --loc=/fuseki/thocam --update /thocam"]
