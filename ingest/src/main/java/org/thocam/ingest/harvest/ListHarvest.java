package org.thocam.ingest.harvest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One harvest of one list: its windows, one after the other, each from its first page or from the token that the ledger kept. A window
 * that cannot be read in one go is begun anew once, then cut in two by date, or read record by record; only one that is down to one
 * step of time is given up, and told of.
 */
final class ListHarvest {
    private static final int MOST_REFETCHED = 1000;

    private final Partner partner;
    private final HarvestLedger.Key key;
    private final HarvestLedger ledger;
    private final Taking taking;
    private final Limits limits;
    private final FaultyPages pages;
    private final Harvester.Told told;
    private final Clock clock;
    private final long limit;
    private final Instant deadline;
    private int runs;

    ListHarvest(
            Partner partner,
            HarvestLedger.Key key,
            HarvestLedger ledger,
            Taking taking,
            Limits limits,
            FaultyPages pages,
            Harvester.Told told,
            Clock clock,
            long limit,
            Instant deadline) {
        this.partner = partner;
        this.key = key;
        this.ledger = ledger;
        this.taking = taking;
        this.limits = limits;
        this.pages = pages;
        this.told = told;
        this.clock = clock;
        this.limit = limit;
        this.deadline = deadline;
    }

    /** @return whether it came to its end, and not to the limit */
    boolean run(String from, String until) throws InterruptedException {
        var asked = from + ".." + until;
        var state = ledger.state(key);
        boolean goesOn = state.filter(known -> known.running() && known.asked().equals(asked))
                        .isPresent()
                && !ledger.windows(key).isEmpty();
        if (goesOn) told.note("going on where the last harvest stopped");
        else {
            var since = state.map(HarvestLedger.State::since).flatMap(Granularity::read);
            var opens = !from.isEmpty()
                    ? partner.granularity().bound(from, false)
                    : since.map(at -> partner.granularity()
                                    .write(at.minus(partner.granularity().overlap())))
                            .orElse("");
            ledger.begin(
                    key,
                    partner.source().base(),
                    asked,
                    List.of(window(opens, partner.granularity().bound(until, true))));
        }
        again();
        for (var left = ledger.windows(key); !left.isEmpty(); left = ledger.windows(key)) {
            if (stopped() || !read(left.get(0))) {
                told.note("stopped after the limit; the next run goes on");
                return false;
            }
        }
        if (!key.spec().isEmpty() && ledger.hasNothingOf(key))
            told.note("the partner gives nothing of the set '" + org.thocam.ontology.Shown.of(key.spec())
                    + "'; look at its ListSets for the sets that it has");
        ledger.finish(key, from.isEmpty() && until.isEmpty(), clock.instant().toString());
        return true;
    }

    private HarvestLedger.Window window(String opens, String closes) {
        return new HarvestLedger.Window(opens, closes, "", clock.instant() + "#" + runs++);
    }

    private boolean stopped() {
        return limit > 0 && taking.worked() >= limit;
    }

    /** What could not be had the last time. */
    private void again() throws InterruptedException {
        for (var seen : ledger.records(
                " WHERE source = ? AND state = 'unfetched' ORDER BY identifier LIMIT " + MOST_REFETCHED,
                key.source())) {
            if (stopped()) return;
            fetch(new OaiRecord.Header(seen.identifier(), seen.datestamp(), false));
            ledger.page(key, "", taking.settle(), Optional.empty());
        }
    }

    /** @return whether it came to an end, and not to the limit */
    private boolean read(HarvestLedger.Window window) throws InterruptedException {
        boolean resumed = !window.token().isEmpty();
        var token = window.token();
        boolean restarted = false;
        while (true) {
            var walk = new Walk(partner.client(), limits, "ListRecords", arguments(window), token);
            try {
                if (!pages(walk, window)) return false;
                if (walk.size() > 0 && !resumed && ledger.count(window.run()) < walk.size()) {
                    told.note("the list had " + ledger.count(window.run()) + " records and said " + walk.size()
                            + "; looking for the others by their identifiers");
                    return byIdentifiers(window);
                }
                done();
                return true;
            } catch (Walk.TokenRefused e) {
                told.note("the partner refuses its own token (" + e.getMessage() + ")");
                token = "";
                if (resumed) resumed = false;
                else if (!restarted) restarted = true;
                else {
                    if (!cut(window)) giveUp(window, "its tokens are refused: " + e.getMessage());
                    return true;
                }
            } catch (PageFault e) {
                fault(e);
                return byIdentifiers(window);
            } catch (HarvestException e) {
                // a list without an end must not be gone on with where it turned in circles
                if (e.kind() == HarvestException.Kind.PROTOCOL) restart(window);
                throw e;
            }
        }
    }

    private Map<String, String> arguments(HarvestLedger.Window window) {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("metadataPrefix", key.prefix());
        if (!key.spec().isEmpty()) arguments.put("set", key.spec());
        if (!window.opens().isEmpty()) arguments.put("from", window.opens());
        if (!window.closes().isEmpty()) arguments.put("until", window.closes());
        return arguments;
    }

    private boolean pages(Walk walk, HarvestLedger.Window window)
            throws PageFault, Walk.TokenRefused, InterruptedException {
        for (var answer = walk.next(); answer.isPresent(); answer = walk.next()) {
            begun(walk.responseDate());
            if (walk.size() > 0) told.size(walk.size());
            answer.get().repair().ifPresent(this::fault);
            boolean repaired = answer.get().repair().isPresent();
            for (var record : answer.get().records()) {
                if (stopped()) {
                    ledger.page(key, window.run(), taking.settle(), Optional.empty());
                    return false;
                }
                boolean touched = repaired && record.xml().indexOf('\uFFFD') >= 0;
                taking.take(record, touched ? "characters that XML forbids were replaced" : "");
            }
            var windows = ledger.windows(key);
            // the last page is read again if we are killed before the window is done
            if (!walk.token().isEmpty())
                windows.set(0, new HarvestLedger.Window(window.opens(), window.closes(), walk.token(), window.run()));
            ledger.page(key, window.run(), taking.settle(), Optional.of(windows));
            inTime();
        }
        begun(walk.responseDate());
        return true;
    }

    private void begun(String responseDate) {
        var state = ledger.state(key).orElseThrow();
        if (!state.began().isEmpty()) return;
        // ours is no measure of the partner's clock: where it gives no date, a day before ours is
        ledger.began(
                key,
                Granularity.read(responseDate).isPresent()
                        ? responseDate
                        : Granularity.SECOND.write(clock.instant().minus(Duration.ofDays(1))));
    }

    private void inTime() {
        if (clock.instant().isAfter(deadline))
            throw new HarvestException(
                    HarvestException.Kind.UNREACHABLE,
                    "the harvest took longer than " + limits.harvest().toHours()
                            + " hours; run it again, it goes on here");
    }

    private void done() {
        var left = ledger.windows(key);
        ledger.replace(key, left.subList(1, left.size()));
    }

    private void restart(HarvestLedger.Window window) {
        var windows = ledger.windows(key);
        windows.set(0, new HarvestLedger.Window(window.opens(), window.closes(), "", window.run()));
        ledger.replace(key, windows);
    }

    /** The records of a window one by one: those that a page kept from us, and no other. */
    private boolean byIdentifiers(HarvestLedger.Window window) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var walk = new Walk(partner.client(), limits, "ListIdentifiers", arguments(window), "");
            try {
                for (var answer = walk.next(); answer.isPresent(); answer = walk.next()) {
                    begun(walk.responseDate());
                    answer.get().repair().ifPresent(this::fault);
                    for (var listed : answer.get().records()) {
                        if (stopped()) {
                            ledger.page(key, window.run(), taking.settle(), Optional.empty());
                            return false;
                        }
                        one(listed, window);
                    }
                    ledger.page(key, window.run(), taking.settle(), Optional.empty());
                    inTime();
                }
                done();
                return true;
            } catch (Walk.TokenRefused e) {
                if (attempt == 1) continue;
                if (!cut(window)) giveUp(window, "its tokens are refused: " + e.getMessage());
                return true;
            } catch (PageFault e) {
                fault(e);
                if (!cut(window)) giveUp(window, e.getMessage());
                return true;
            }
        }
    }

    private void one(OaiRecord listed, HarvestLedger.Window window) throws InterruptedException {
        var header = listed.header();
        if (header.deleted()) {
            taking.take(listed, "");
            return;
        }
        var seen = ledger.seen(key.source(), header.identifier())
                .filter(known -> known.datestamp().equals(header.datestamp()));
        // within a day a record may change twice under one datestamp
        boolean known = seen.isPresent()
                && (ledger.seenIn(key, window.run(), header.identifier())
                        || partner.granularity() == Granularity.SECOND
                                && seen.get().state().equals("ok"));
        if (known) {
            if (!ledger.seenIn(key, window.run(), header.identifier()))
                ledger.page(key, window.run(), seen.stream().toList(), Optional.empty());
        } else fetch(header);
    }

    /** One record by its identifier; whatever is wrong with it is its own fault and stops no other. */
    void fetch(OaiRecord.Header header) throws InterruptedException {
        try {
            var record = partner.record(header.identifier(), key.prefix());
            if (record.isPresent()) taking.take(record.get(), "");
            else taking.unfetched(header, "the partner lists it and does not give it", false);
        } catch (PageFault e) {
            fault(e);
            taking.unfetched(header, "the record cannot be read: " + e.getMessage(), true);
        } catch (HarvestException e) {
            if (e.kind() == HarvestException.Kind.UNREACHABLE) throw e;
            taking.unfetched(header, e.getMessage(), true);
        }
    }

    /** In two by date; false where it is down to one step of time. */
    private boolean cut(HarvestLedger.Window window) {
        var step = partner.granularity().step();
        var began = ledger.state(key).map(HarvestLedger.State::began).flatMap(Granularity::read);
        var lower = Granularity.read(window.opens()).or(partner::earliest);
        var upper = Granularity.read(window.closes()).or(() -> began).orElse(clock.instant());
        if (lower.isEmpty()) return false;
        long steps = Duration.between(lower.get(), upper).dividedBy(step);
        if (steps < 1) return false;
        var middle = lower.get().plus(step.multipliedBy((steps - 1) / 2));
        var windows = new ArrayList<>(ledger.windows(key));
        windows.remove(0);
        windows.add(0, window(partner.granularity().write(middle.plus(step)), window.closes()));
        windows.add(0, window(window.opens(), partner.granularity().write(middle)));
        ledger.replace(key, windows);
        told.note("reading it in two parts, before and after the end of "
                + partner.granularity().write(middle));
        return true;
    }

    private void giveUp(HarvestLedger.Window window, String reason) {
        ledger.gap(key);
        taking.unfetched(
                new OaiRecord.Header("", "", false),
                "what the partner has from '" + window.opens() + "' to '" + window.closes() + "' could not be read: "
                        + reason + ". The next harvest asks again",
                true);
        taking.settle();
        done();
    }

    private void fault(PageFault fault) {
        pages.keep(fault, clock.instant());
        told.note("faulty page, kept in the folder 'faults': " + fault.getMessage());
    }
}
