package org.thocam.ontology;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Who may see an item: part of the item, asked at every door. The same three cases everywhere, so that no door has a rule of its
 * own.
 */
public sealed interface Access {
    Open OPEN = new Open();

    /** From when everybody may see it; {@link Instant#MAX} for never. */
    Instant openFrom();

    /** The communities whose members may see it before that. */
    List<String> communities();

    default boolean allows(Viewer viewer, Instant now) {
        return viewer.seesAll()
                || !openFrom().isAfter(now)
                || communities().stream().anyMatch(viewer.communities()::contains);
    }

    /** What both this and {@code other} allow, or less. */
    default Access and(Access other) {
        if (this instanceof Open || equals(other)) return other;
        if (other instanceof Open) return this;
        var both = communities().stream().filter(other.communities()::contains).toList();
        return this instanceof Embargoed mine && other instanceof Embargoed others
                ? new Embargoed(mine.until().isAfter(others.until()) ? mine.until() : others.until(), both)
                : new Restricted(both);
    }

    record Open() implements Access {
        @Override
        public Instant openFrom() {
            return Instant.EPOCH;
        }

        @Override
        public List<String> communities() {
            return List.of();
        }
    }

    /** Closed until the day begins in Viet Nam (UTC+7), then open by itself. */
    record Embargoed(LocalDate until, List<String> communities) implements Access {
        public Embargoed {
            communities = List.copyOf(communities);
        }

        @Override
        public Instant openFrom() {
            return until.atStartOfDay().toInstant(ZoneOffset.ofHours(7));
        }
    }

    /** Only for the named communities; with none named, only for the administrator. */
    record Restricted(List<String> communities) implements Access {
        public Restricted {
            communities = List.copyOf(communities);
        }

        @Override
        public Instant openFrom() {
            return Instant.MAX;
        }
    }
}
