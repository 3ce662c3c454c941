package org.thocam.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;

/** The archive's contract kept in memory. */
final class MemoryArchive implements Archive {
    private record State(Archived archived, Map<String, byte[]> files) {}

    private final Map<ItemId, List<State>> objects = new ConcurrentSkipListMap<>();

    @Override
    public synchronized Version deposit(Deposit deposit) {
        var states = objects.computeIfAbsent(deposit.id(), any -> new ArrayList<>());
        var head = new Version(states.size());
        if (!head.equals(deposit.basis())) throw new StaleVersionException(deposit.id(), deposit.basis(), head);
        var files = new TreeMap<String, byte[]>();
        deposit.contents().forEach((path, content) -> files.put(path, bytes(deposit, path, content)));
        states.add(new State(new Archived(head.next(), deposit.at(), deposit.agent(), deposit.holding()), files));
        return head.next();
    }

    private byte[] bytes(Deposit deposit, String path, Content content) {
        if (content instanceof Content.OfBytes of) return of.bytes();
        if (content instanceof Content.Kept)
            return state(deposit.id(), deposit.basis()).orElseThrow().files().get(path);
        try {
            return Files.readAllBytes(((Content.OfPath) content).path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Optional<State> state(ItemId id, Version version) {
        var states = objects.getOrDefault(id, List.of());
        int at = (int) version.number() - 1;
        return at >= 0 && at < states.size() ? Optional.of(states.get(at)) : Optional.empty();
    }

    @Override
    public void flush(Collection<ItemId> items) {}

    @Override
    public synchronized Optional<Archived> head(ItemId id) {
        var states = objects.getOrDefault(id, List.of());
        return states.isEmpty()
                ? Optional.empty()
                : Optional.of(states.get(states.size() - 1).archived());
    }

    @Override
    public Optional<Archived> read(ItemId id, Version version) {
        return state(id, version).map(State::archived);
    }

    @Override
    public synchronized List<Archived> versions(ItemId id) {
        return objects.getOrDefault(id, List.of()).stream().map(State::archived).toList();
    }

    @Override
    public List<String> paths(ItemId id, Version version) {
        return state(id, version)
                .map(state -> List.copyOf(state.files().keySet()))
                .orElse(List.of());
    }

    @Override
    public InputStream open(ItemId id, Version version, String path) {
        return state(id, version)
                .map(state -> state.files().get(path))
                .map(ByteArrayInputStream::new)
                .orElseThrow(() -> new ArchiveException("no " + path + " in " + id + " " + version));
    }

    @Override
    public String text(ItemId id, Version version) {
        var text = new StringBuilder();
        state(id, version).ifPresent(state -> state.files().forEach((path, bytes) -> {
            if (path.startsWith("text/")) text.append(new String(bytes, StandardCharsets.UTF_8));
        }));
        return text.toString();
    }

    @Override
    public void forEachId(Consumer<ItemId> consumer) {
        objects.keySet().forEach(consumer);
    }

    @Override
    public List<String> repair(ItemId id, Version acknowledged) {
        return List.of();
    }

    @Override
    public List<String> mend(ItemId id) {
        return List.of();
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public List<String> fixity(ItemId id) {
        return List.of();
    }

    @Override
    public void close() {}
}
