package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ListingTest {
    @Test
    void formsOfOneTermAreOneTerm() {
        var listing = new Listing("a", 1, 5);
        listing.take("a\u001FA", 2);
        listing.take("a\u001Fa", 3);
        listing.take("b", 1);
        listing.end();
        assertEquals(
                List.of(new ListedTerms.Listed("a", "A", 5), new ListedTerms.Listed("b", "b", 1)),
                listing.terms().terms());
    }

    /** Against the whole list, cut as SRU 1.2 says for responsePosition. */
    @Test
    void thePartIsThatOfTheWholeList() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var all = new TreeMap<String, Long>();
            for (int n = random.nextInt(12); n > 0; n--)
                all.put(String.valueOf((char) ('a' + random.nextInt(16))), 1L + random.nextInt(9));
            var start = random.nextInt(5) == 0 ? "" : String.valueOf((char) ('a' + random.nextInt(18)));
            int most = 1 + random.nextInt(6);
            int position = random.nextInt(most + 2);
            var listing = new Listing(start, position, most);
            for (var each : all.entrySet()) if (!listing.done()) listing.take(each.getKey(), each.getValue());
            if (!listing.done()) listing.end();

            var terms = new ArrayList<>(all.keySet());
            int at = (int)
                    terms.stream().filter(term -> term.compareTo(start) < 0).count();
            int from = Math.min(terms.size(), Math.max(0, at - position + 1));
            int to = Math.min(terms.size(), from + most);
            var found = listing.terms();
            var message = "seed " + seed + ": " + all + " from '" + start + "' at " + position + ", " + most;
            assertEquals(
                    terms.subList(from, to),
                    found.terms().stream().map(ListedTerms.Listed::term).toList(),
                    message);
            if (from < to) {
                assertEquals(from == 0, found.fromFirst(), message);
                assertEquals(to == terms.size(), found.toLast(), message);
            }
        }
    }
}
