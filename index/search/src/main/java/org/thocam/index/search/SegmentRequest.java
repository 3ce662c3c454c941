package org.thocam.index.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thocam.ontology.ItemId;

/**
 * A question for passages: what is asked of their items stands in {@code asked}, whose words are sought in the passages.
 *
 * @param asked its size is that of items; its facets count items
 * @param perItem at most this many passages of an item, 1 to 200
 * @param skip so many of an item's passages come before the first that is wanted, at most 100,000
 * @param number of the wanted passage in its file; empty for all
 * @param tiers wanted names, in any letter case; empty for all
 * @param roles such as {@code transcription}; empty for all
 * @param files wanted files of the item; empty for all
 * @param from milliseconds: passages that end after it
 * @param to milliseconds: passages that begin before it
 */
public record SegmentRequest(
        SearchRequest asked,
        int perItem,
        int skip,
        Optional<ItemId> item,
        List<String> files,
        Optional<Long> number,
        List<String> tiers,
        List<String> speakers,
        List<String> roles,
        Optional<Long> from,
        Optional<Long> to) {
    private static final int MOST = 200;
    private static final int DEEPEST = 100_000;

    public SegmentRequest {
        if (perItem < 1 || perItem > MOST)
            throw new IllegalArgumentException("segments of an item " + perItem + ": want 1 to " + MOST);
        if (skip < 0 || skip > DEEPEST)
            throw new IllegalArgumentException("segments after the first " + skip + ": want 0 to " + DEEPEST);
        files = List.copyOf(files);
        tiers = tiers.stream().map(SegmentRequest::key).toList();
        speakers = speakers.stream().map(SegmentRequest::key).toList();
        roles = List.copyOf(roles);
    }

    /** Of all items, tiers and speakers. */
    public SegmentRequest(SearchRequest asked, int perItem) {
        this(
                asked,
                perItem,
                0,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** One passage, by its place. */
    public static SegmentRequest of(ItemId item, String file, long number) {
        return new SegmentRequest(
                SearchRequest.of("", 1, false),
                1,
                0,
                Optional.of(item),
                List.of(file),
                Optional.of(number),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The form in which names are compared. */
    static String key(String name) {
        return ItemDocument.value(name.strip().toLowerCase(Locale.ROOT));
    }

    /** The same question for items, so that a cursor of one is none of the other. */
    SearchRequest withAll() {
        return new SearchRequest(
                asked.q() + "\u0000" + item + files + number + tiers + speakers + roles + from + to,
                asked.filters(),
                asked.bbox(),
                asked.near(),
                asked.from(),
                asked.to(),
                asked.facets(),
                asked.sort(),
                asked.size(),
                asked.cursor(),
                asked.explain(),
                asked.strict());
    }
}
