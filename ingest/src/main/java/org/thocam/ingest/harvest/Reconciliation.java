package org.thocam.ingest.harvest;

import java.util.LinkedHashMap;
import java.util.Optional;

/** What a partner lists against what is here from it: the missing are fetched, those no longer listed told of or withdrawn. */
final class Reconciliation {
    private static final int PAGE = 500;

    private final Partner partner;
    private final HarvestLedger.Key key;
    private final HarvestLedger ledger;
    private final Taking taking;
    private final ListHarvest harvest;
    private final Limits limits;
    private final FaultyPages pages;
    private final Harvester.Told told;
    private final Taking.Room room;

    Reconciliation(
            Partner partner,
            HarvestLedger.Key key,
            HarvestLedger ledger,
            Taking taking,
            ListHarvest harvest,
            Limits limits,
            FaultyPages pages,
            Harvester.Told told,
            Taking.Room room) {
        this.partner = partner;
        this.key = key;
        this.ledger = ledger;
        this.taking = taking;
        this.harvest = harvest;
        this.limits = limits;
        this.pages = pages;
        this.told = told;
        this.room = room;
    }

    void run(boolean withdrawMissing) throws InterruptedException {
        boolean whole = list();
        var after = "";
        for (var page = ledger.listed(after, PAGE); !page.isEmpty(); page = ledger.listed(after, PAGE)) {
            for (var header : page) compare(header);
            ledger.page(key, "", taking.settle(), Optional.empty());
            after = page.get(page.size() - 1).identifier();
        }
        for (var gone : ledger.unlisted(key)) {
            if (!withdrawMissing || partner.persistent() || !whole) {
                var why = !whole
                        ? "the list came short, so nothing is withdrawn"
                        : partner.persistent()
                                ? "the partner says that it keeps deletions, and has not said that this is one"
                                : "--withdraw-missing withdraws it";
                taking.unchanged(
                        new OaiRecord.Header(gone.identifier(), gone.datestamp(), false),
                        gone.id(),
                        "no longer listed by " + partner.source().base() + "; " + why);
            } else
                taking.missing(gone, "no longer listed by " + partner.source().base());
            ledger.page(key, "", taking.settle(), Optional.empty());
        }
    }

    /** @return whether the list is all there is, as far as it can be told: a broken list must not empty an archive */
    private boolean list() throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            ledger.forgetListed();
            var first = new LinkedHashMap<String, String>();
            first.put("metadataPrefix", key.prefix());
            if (!key.spec().isEmpty()) first.put("set", key.spec());
            var walk = new Walk(partner.client(), limits, "ListIdentifiers", first, "");
            Exception trouble;
            try {
                for (var answer = walk.next(); answer.isPresent(); answer = walk.next()) {
                    if (answer.get().repair().isPresent())
                        pages.keep(answer.get().repair().get(), room.clock().instant());
                    if (walk.size() > 0) told.size(walk.size());
                    ledger.list(answer.get().records().stream()
                            .map(OaiRecord::header)
                            .toList());
                }
                long listed = ledger.listed();
                return listed > 0 && listed >= walk.size();
            } catch (Walk.TokenRefused e) {
                trouble = e;
            } catch (PageFault e) {
                pages.keep(e, room.clock().instant());
                trouble = e;
            }
            if (attempt > 1)
                throw new HarvestException(
                        HarvestException.Kind.PROTOCOL,
                        "what the partner has could not be listed, twice: " + trouble.getMessage()
                                + ". Nothing was changed",
                        trouble);
        }
    }

    private void compare(OaiRecord.Header header) throws InterruptedException {
        var seen = ledger.seen(key.source(), header.identifier());
        if (header.deleted()) {
            if (seen.isPresent() && !seen.get().state().equals("deleted")) taking.take(new OaiRecord(header, ""), "");
            return;
        }
        boolean same = seen.isPresent()
                && seen.get().datestamp().equals(header.datestamp())
                && (seen.get().state().equals("ok")
                        || seen.get().state().equals("duplicate")
                                && stillHere(seen.get().id()));
        if (!same) harvest.fetch(header);
    }

    private boolean stillHere(String id) {
        return !id.isEmpty()
                && room.log()
                        .get()
                        .headOf(new org.thocam.ontology.ItemId(id))
                        .filter(head -> head.kind() == org.thocam.ontology.Change.Kind.DEPOSITED)
                        .isPresent();
    }
}
