package org.thocam.api.oai;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.ItemId;

/**
 * Where a list goes on, wholly in the token: the server remembers nothing. OAI-PMH 2.0, section 3.5. The key of the last record
 * says where, never a count, so that changes in between skip and double nothing; {@code until} is fixed by the first page, so that a
 * list ends while items are edited.
 *
 * @param last the key of the last record given
 * @param cursor how many records were given so far
 * @param size the list's size when it began
 */
record ResumptionToken(
        OaiRequest.ListVerb verb,
        String prefix,
        Optional<String> set,
        Optional<Instant> from,
        Instant until,
        FeedQuery.Key last,
        long cursor,
        long size,
        Instant issued) {
    static final Duration LIFE = Duration.ofHours(24);
    private static final byte FORMAT = 1;
    private static final int SEAL = 16;

    Instant expires() {
        return issued.plus(LIFE);
    }

    String sealed(byte[] key) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeByte(verb.ordinal());
            out.writeUTF(prefix);
            out.writeUTF(set.orElse(""));
            out.writeLong(from.map(Instant::getEpochSecond).orElse(Long.MIN_VALUE));
            out.writeLong(until.getEpochSecond());
            out.writeLong(last.datestamp().getEpochSecond());
            out.writeUTF(last.id().value());
            out.writeLong(cursor);
            out.writeLong(size);
            out.writeLong(issued.getEpochSecond());
            out.write(seal(key, bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("a token could not be written to memory", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Empty for a token that is damaged, not ours or too old. */
    static Optional<ResumptionToken> open(String token, byte[] key, Instant now) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // The last letter of base64 has unused bits: only the one spelling that we gave is ours.
        if (bytes.length <= SEAL
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(bytes)
                        .equals(token)) return Optional.empty();
        var content = Arrays.copyOf(bytes, bytes.length - SEAL);
        var seal = Arrays.copyOfRange(bytes, bytes.length - SEAL, bytes.length);
        if (!MessageDigest.isEqual(seal, seal(key, content))) return Optional.empty();
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            if (in.readByte() != FORMAT) return Optional.empty();
            var verb = OaiRequest.ListVerb.values()[in.readByte()];
            var prefix = in.readUTF();
            var set = Optional.of(in.readUTF()).filter(spec -> !spec.isEmpty());
            var from =
                    Optional.of(in.readLong()).filter(s -> s != Long.MIN_VALUE).map(Instant::ofEpochSecond);
            var until = Instant.ofEpochSecond(in.readLong());
            var last = new FeedQuery.Key(Instant.ofEpochSecond(in.readLong()), ItemId.ofItem(in.readUTF()));
            long cursor = in.readLong();
            long size = in.readLong();
            var issued = Instant.ofEpochSecond(in.readLong());
            if (issued.plus(LIFE).isBefore(now)) return Optional.empty();
            return Optional.of(new ResumptionToken(verb, prefix, set, from, until, last, cursor, size, issued));
        } catch (IOException e) {
            throw new UncheckedIOException("a token that we sealed cannot be read", e);
        }
    }

    private static byte[] seal(byte[] key, byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(content), SEAL);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
