package org.thocam.api;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.thocam.api.oai.Institution;
import org.thocam.api.sparql.Limits;

/**
 * How the server shows itself and what it takes.
 *
 * @param port 0 for a free one
 * @param baseUrl the address that readers use, such as {@code https://library.example.vn/}; empty: the one each request came to
 * @param repositoryIdentifier the domain in {@code oai:DOMAIN:id}; it never changes again (OAI identifier guidelines)
 * @param institution who keeps the archive, as OLAC is told
 * @param oaiKey signs resumption tokens; as long as it stays the same, harvests go on over a restart
 * @param localSecret what the command line of this home presents as its token
 * @param temp where uploads wait, on a disk with room for them
 * @param sparql what a query may take
 */
public record Settings(
        String host,
        int port,
        Optional<URI> baseUrl,
        String repositoryName,
        String repositoryIdentifier,
        String adminEmail,
        Institution institution,
        int oaiPageSize,
        byte[] oaiKey,
        Optional<String> localSecret,
        Path temp,
        Bounds bounds,
        Limits sparql) {

    /**
     * What one caller may take.
     *
     * @param threads requests served at once
     * @param jsonBytes largest JSON or form body
     * @param uploadBytes largest body of any kind
     * @param bodyTime how long a JSON body may take to arrive
     * @param idle how long a connection may be silent
     * @param burst requests that a caller may send at once
     * @param perSecond requests that a caller may send in the long run
     */
    public record Bounds(
            int threads,
            int connections,
            int headerBytes,
            long jsonBytes,
            long uploadBytes,
            int formKeys,
            Duration bodyTime,
            Duration idle,
            int burst,
            int perSecond) {
        public static final Bounds GENEROUS = new Bounds(
                200,
                2000,
                64 << 10,
                16L << 20,
                8L << 30,
                200,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                4000,
                400);
    }

    public Settings {
        if (oaiKey.length < 32)
            throw new IllegalArgumentException("oaiKey: want 32 random bytes or more, found " + oaiKey.length);
        if (oaiPageSize < 1 || oaiPageSize > 1000)
            throw new IllegalArgumentException("oaiPageSize " + oaiPageSize + ": want 1 to 1000");
        if (!repositoryIdentifier.matches("[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z][A-Za-z0-9-]*)+"))
            throw new IllegalArgumentException("repositoryIdentifier '" + repositoryIdentifier
                    + "': want a domain name, such as library.example.vn");
        if (!adminEmail.matches("[^\\s:@]+@[^\\s:@]+"))
            throw new IllegalArgumentException(
                    "adminEmail '" + adminEmail + "': want an address such as admin@example.vn");
        oaiKey = oaiKey.clone();
    }

    /** On loopback, as generous as it can be. */
    public static Settings local(int port, byte[] oaiKey, Optional<String> localSecret, Path temp) {
        return new Settings(
                "127.0.0.1",
                port,
                Optional.empty(),
                "Thocam",
                "thocam.local",
                "admin@thocam.local",
                Institution.called("Thocam"),
                100,
                oaiKey,
                localSecret,
                temp,
                Bounds.GENEROUS,
                Limits.DEFAULT);
    }

    @Override
    public byte[] oaiKey() {
        return oaiKey.clone();
    }

    @Override
    public String toString() {
        return "Settings[" + host + ":" + port + " "
                + baseUrl.map(URI::toString).orElse("") + "]";
    }
}
