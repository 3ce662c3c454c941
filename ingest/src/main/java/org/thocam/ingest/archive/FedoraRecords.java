package org.thocam.ingest.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** The records of versions as Fedora has them: that of the head beside its files, those before it in mementos (RFC 7089). */
final class FedoraRecords {
    private final FedoraApi api;
    private final KnownRecords known = new KnownRecords();

    FedoraRecords(FedoraApi api) {
        this.api = api;
    }

    static String path(ItemId id) {
        return FedoraPaths.of(id) + "/" + VersionRecord.FILE;
    }

    /** What was the head when it was last looked at. */
    Optional<KnownRecords.Entry> seen(ItemId id) {
        return known.head(id);
    }

    /** This engine itself committed it. */
    void wrote(VersionRecord record, String etag) {
        known.put(record.id(), record, etag, true);
    }

    void forget(ItemId id) {
        known.forget(id);
    }

    /** The address of a file as the version made it that brought its bytes. */
    String mementoOf(ItemId id, VersionRecord.Kept kept) throws IOException {
        var base = FedoraPaths.of(id) + "/" + kept.name() + "/fcr:versions/";
        var head = head(id).orElseThrow(() -> new IOException("Fedora has no such item any more"));
        var mementos = mementos(head, new Version(kept.since()));
        for (var memento : mementos)
            if (mementos.size() == 1 || api.head(base + memento).status() == 200) return base + memento;
        throw new IOException("Fedora has no memento of v" + kept.since());
    }

    /** The head as Fedora has it now. */
    Optional<KnownRecords.Entry> head(ItemId id) {
        var answer = api.get(path(id));
        switch (answer.status()) {
            case 200 -> {
                return Optional.of(known.put(id, recordIn(id, answer.body()), answer.etag(), false));
            }
            case 404 -> {
                known.forget(id);
                return Optional.empty();
            }
            case 410 -> throw api.deleted(id);
            default -> throw api.unexpected("item " + id, answer);
        }
    }

    private static VersionRecord recordIn(ItemId id, byte[] json) {
        try {
            var record = VersionRecord.of(json);
            if (!record.id().equals(id)) throw new IOException("it is that of item " + record.id());
            return record;
        } catch (IOException e) {
            throw new ArchiveException(
                    "the record of item " + id + " is damaged: " + e.getMessage()
                            + ". Nothing was served; restore Fedora's storage root from a copy.",
                    e);
        }
    }

    VersionRecord found(ItemId id, Version version) {
        return record(id, version)
                .orElseThrow(() -> new ArchiveException("the archive has no item " + id + " " + version));
    }

    Optional<VersionRecord> record(ItemId id, Version version) {
        if (version.number() < 1) return Optional.empty();
        var own = known.own(id, version);
        if (own.isPresent()) return own;
        var head = head(id);
        if (head.isEmpty() || head.get().record().version().compareTo(version) < 0) return Optional.empty();
        return Optional.of(at(head.get(), version));
    }

    /** That of the head, or of a version before it. */
    VersionRecord at(KnownRecords.Entry head, Version version) {
        if (head.record().version().equals(version)) return head.record();
        var id = head.record().id();
        for (var memento : mementos(head, version)) {
            var record = recordOf(id, memento);
            if (record.version().equals(version)) return record;
        }
        throw new ArchiveException(
                "Fedora has no memento of item " + id + " " + version + ". Nothing was served; run 'thocam verify'.");
    }

    private VersionRecord recordOf(ItemId id, String memento) {
        var cached = known.at(id, memento);
        if (cached.isPresent()) return cached.get();
        var answer = api.get(path(id) + "/fcr:versions/" + memento);
        if (answer.status() != 200) throw api.unexpected("the memento " + memento + " of item " + id, answer);
        var record = recordIn(id, answer.body());
        known.put(memento, record);
        return record;
    }

    /**
     * The mementos of a version, the latest first: one, but for a version that {@link FcrepoArchive#repair} wrote again. The n-th memento is that of
     * the n-th version unless there was such a repair, which leaves more mementos than versions.
     */
    private List<String> mementos(KnownRecords.Entry head, Version version) {
        var id = head.record().id();
        var all = timeMap(head).mementos();
        if (head.record().version().number() == all.size() && version.number() <= all.size())
            return List.of(all.get((int) version.number() - 1));
        var found = new ArrayList<String>();
        for (int i = all.size() - 1; i >= 0; i--)
            if (recordOf(id, all.get(i)).version().equals(version)) found.add(all.get(i));
        return found;
    }

    TimeMap timeMap(KnownRecords.Entry head) {
        var id = head.record().id();
        return known.mementos(id, head.etag()).orElseGet(() -> {
            var map = TimeMap.of(versions(id).body());
            known.put(id, head.etag(), map);
            return map;
        });
    }

    /** As Fedora lists them, with the time it says it is. */
    FedoraApi.Answer versions(ItemId id) {
        var answer = api.get(FedoraPaths.of(id) + "/fcr:versions", "application/link-format");
        switch (answer.status()) {
            case 200 -> {
                return answer;
            }
            case 410 -> throw api.deleted(id);
            default -> throw api.unexpected("the versions of item " + id, answer);
        }
    }
}
