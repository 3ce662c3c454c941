package org.thocam.ingest.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ArchiveUnavailableException;

/**
 * Fedora's transactions, each open as long as its deposit takes. Fedora locks what a transaction wrote to until it ends, and lets go of
 * one that nobody ends only after {@code fcrepo.session.timeout} (3 minutes) and up to as long again: so what is open is noted in a file
 * of this engine's home, and rolled back when the engine comes back.
 */
final class FedoraTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FedoraTransactions.class);
    private static final long LONGEST_NOTES = 1 << 16;
    private static final Duration USUAL = Duration.ofMinutes(3);

    private final FedoraApi api;
    private final Path notes;
    private final Set<URI> open = new LinkedHashSet<>();

    /** @param notes null for none */
    FedoraTransactions(FedoraApi api, Path notes) {
        this.api = api;
        this.notes = notes;
    }

    /** Rolls back what an earlier engine of this home left open. */
    void settle() throws IOException {
        if (notes == null || Files.notExists(notes)) return;
        var left = new LinkedHashSet<URI>();
        for (var line : Files.readAllLines(notes)) {
            if (line.startsWith("+ ")) left.add(URI.create(line.substring(2)));
            else if (line.startsWith("- ")) left.remove(URI.create(line.substring(2)));
        }
        for (var transaction : left) {
            var answer = api.rollback(transaction);
            if (answer.ok()) LOG.warn("the transaction {} was left open by a kill; rolled back", transaction);
        }
        Files.delete(notes);
    }

    /** One transaction; it is kept from expiring while it is open. */
    final class Open implements AutoCloseable {
        private final URI address;
        private final ScheduledFuture<?> refreshing;
        private boolean ended;

        private Open(URI address, Duration lasts) {
            this.address = address;
            long third = Math.max(1000, lasts.toMillis() / 3);
            refreshing = api.clock().scheduleWithFixedDelay(this::refresh, third, third, TimeUnit.MILLISECONDS);
        }

        URI address() {
            return address;
        }

        private void refresh() {
            try {
                api.postTo(address);
            } catch (IOException | RuntimeException e) {
                LOG.debug("the transaction {} was not prolonged: {}", address, e.getMessage());
            }
        }

        /**
         * @return 204 where it was committed, 409 where it failed and was rolled back
         * @throws IOException if nobody knows
         */
        FedoraApi.Answer commit(long bytes) throws IOException {
            var answer = api.commit(address, bytes);
            if (answer.ok() || answer.status() == 409) ended();
            return answer;
        }

        /**
         * Ends it, one way or the other: Fedora answers when it is neither being written nor being committed any more.
         *
         * @throws IOException if Fedora did not say so
         */
        void rollback() throws IOException {
            if (ended) return;
            var answer = api.rollback(address);
            if (answer.ok() || answer.status() == 404 || answer.status() == 410) ended();
            else throw new IOException("the transaction could not be rolled back: " + answer.reason());
        }

        private void ended() {
            ended = true;
            refreshing.cancel(false);
            note("- ", address);
        }

        /** What nobody ended is left for Fedora to expire, and for the next start. */
        @Override
        public void close() {
            refreshing.cancel(false);
            try {
                rollback();
            } catch (IOException | RuntimeException e) {
                LOG.warn("the transaction {} was left open; Fedora ends it in time: {}", address, e.getMessage());
            }
        }
    }

    Open begin() throws IOException {
        FedoraApi.Answer answer;
        try {
            answer = api.post("fcr:tx");
        } catch (IOException e) {
            // a connection that was closed while it rested: nothing is lost with a transaction that nobody knows
            answer = api.post("fcr:tx");
        }
        var location = answer.header("Location");
        if (answer.status() != 201 || location.isEmpty())
            throw new ArchiveUnavailableException("Fedora at " + api.address() + " gave no transaction: "
                    + answer.reason() + ". Is this a Fedora 6?");
        var address = URI.create(location.get());
        note("+ ", address);
        return new Open(address, lasting(answer));
    }

    private static Duration lasting(FedoraApi.Answer answer) {
        var now = time(answer.header("Date"));
        var end = time(answer.header("Expires"));
        if (now.isEmpty() || end.isEmpty() || !end.get().isAfter(now.get())) return USUAL;
        return Duration.between(now.get(), end.get());
    }

    static Optional<Instant> time(Optional<String> header) {
        try {
            return header.map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private synchronized void note(String sign, URI address) {
        boolean opened = sign.equals("+ ");
        if (opened) open.add(address);
        else open.remove(address);
        if (notes == null) return;
        try {
            if (!opened && open.isEmpty() && Files.exists(notes) && Files.size(notes) > LONGEST_NOTES) {
                Files.delete(notes);
                return;
            }
            Files.write(
                    notes,
                    (sign + address + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ArchiveException(
                    "the open transactions could not be noted in " + notes + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (notes != null && open.isEmpty()) Files.deleteIfExists(notes);
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", notes, e.getMessage());
        }
    }
}
