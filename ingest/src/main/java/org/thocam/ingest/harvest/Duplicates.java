package org.thocam.ingest.harvest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.exchange.Provenance;

/** The strong keys of every item here, kept up with the change log; made again from the archive when the ledger or the log is new. */
final class Duplicates {
    private static final int PAGE = 500;

    private final HarvestLedger ledger;
    private final Map<String, ItemId> underWay = new HashMap<>();

    Duplicates(HarvestLedger ledger) {
        this.ledger = ledger;
    }

    void catchUp(ChangeLog log, Archive archive) {
        var place = ledger.file()
                .read(
                        "SELECT seq FROM followed WHERE one = 1 AND generation = ?",
                        rows -> rows.next() ? Optional.of(rows.getLong(1)) : Optional.<Long>empty(),
                        log.generation());
        if (place.isEmpty())
            ledger.file().write(connection -> {
                HarvestLedger.update(connection, "DELETE FROM strong");
                return null;
            });
        long after = place.orElse(0L);
        for (var page = log.after(after, PAGE); !page.isEmpty(); page = log.after(after, PAGE)) {
            var changed = new HashSet<ItemId>();
            for (var change : page) if (!change.isPart()) changed.add(change.id());
            var heads = new HashMap<ItemId, Optional<Item>>();
            for (var id : changed)
                heads.put(
                        id,
                        log.headOf(id)
                                .filter(head -> head.kind() == Change.Kind.DEPOSITED)
                                .flatMap(head -> archive.read(id, head.version()))
                                .flatMap(found ->
                                        found.holding() instanceof Item item ? Optional.of(item) : Optional.empty()));
            long seq = page.get(page.size() - 1).seq();
            ledger.file().write(connection -> {
                for (var head : heads.entrySet()) {
                    HarvestLedger.update(
                            connection,
                            "DELETE FROM strong WHERE id = ?",
                            head.getKey().value());
                    if (head.getValue().isPresent())
                        keep(connection, head.getValue().get());
                }
                HarvestLedger.update(
                        connection,
                        "INSERT INTO followed VALUES(1, ?, ?) ON CONFLICT DO UPDATE SET generation = excluded.generation, seq = excluded.seq",
                        log.generation(),
                        seq);
                return null;
            });
            after = seq;
        }
    }

    private static void keep(Connection connection, Item item) throws SQLException {
        var from = Provenance.of(item);
        var source = from.map(provenance -> PartnerSource.of(provenance.base()).key())
                .orElse("");
        for (var key : StrongKeys.of(item))
            HarvestLedger.update(
                    connection,
                    "INSERT OR IGNORE INTO strong VALUES(?, ?, ?)",
                    key,
                    item.id().value(),
                    source);
        if (from.isPresent())
            HarvestLedger.update(
                    connection,
                    "INSERT OR IGNORE INTO record VALUES(?, ?, ?, ?, 'ok')",
                    source,
                    from.get().identifier(),
                    from.get().datestamp(),
                    item.id().value());
    }

    /** An item here that is the same, if there is one. */
    Optional<ItemId> of(ItemId self, Set<String> keys, String source) {
        for (var key : keys) {
            var other = Optional.ofNullable(underWay.get(key))
                    .filter(id -> !key.startsWith(StrongKeys.PAGE))
                    .or(() -> ledger.file()
                            .read(
                                    "SELECT id FROM strong WHERE key = ? AND id <> ?"
                                            + (key.startsWith(StrongKeys.PAGE) ? " AND source <> ?" : " AND ? <> ''")
                                            + " ORDER BY id LIMIT 1",
                                    rows -> rows.next()
                                            ? Optional.of(new ItemId(rows.getString(1)))
                                            : Optional.<ItemId>empty(),
                                    key,
                                    self.value(),
                                    source));
            if (other.isPresent() && !other.get().equals(self)) return other;
        }
        return Optional.empty();
    }

    /** Told at once, so that a second record of the same page is known for what it is. */
    void taken(ItemId id, Collection<String> keys) {
        for (var key : keys) underWay.putIfAbsent(key, id);
    }

    void settled() {
        underWay.clear();
    }
}
