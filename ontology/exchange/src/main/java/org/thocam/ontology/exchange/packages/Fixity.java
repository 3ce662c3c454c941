package org.thocam.ontology.exchange.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Digests of a file by BagIt's names of their algorithms, made in one pass. RFC 8493, section 2.4. */
record Fixity(long size, Map<String, byte[]> digests) {
    /** BagIt's names and Java's; whoever reads bags should know these. */
    static final Map<String, String> ALGORITHMS = Map.of(
            "md5", "MD5",
            "sha1", "SHA-1",
            "sha224", "SHA-224",
            "sha256", "SHA-256",
            "sha384", "SHA-384",
            "sha512", "SHA-512");

    static final List<String> OURS = List.of("sha256", "sha512");

    static Fixity of(InputStream in, Collection<String> algorithms) throws IOException {
        return copying(in, OutputStream.nullOutputStream(), algorithms);
    }

    static Fixity copying(InputStream in, OutputStream out, Collection<String> algorithms) throws IOException {
        var making = new ArrayList<Map.Entry<String, MessageDigest>>();
        for (var algorithm : algorithms) making.add(Map.entry(algorithm, digest(algorithm)));
        var buffer = new byte[1 << 16];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (var one : making) one.getValue().update(buffer, 0, n);
            out.write(buffer, 0, n);
            size += n;
        }
        var digests = new TreeMap<String, byte[]>();
        for (var one : making) digests.put(one.getKey(), one.getValue().digest());
        return new Fixity(size, digests);
    }

    String hex(String algorithm) {
        return HexFormat.of().formatHex(digests.get(algorithm));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(ALGORITHMS.get(algorithm.toLowerCase(Locale.ROOT)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
