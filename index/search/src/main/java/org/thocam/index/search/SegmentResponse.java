package org.thocam.index.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thocam.ontology.ItemId;

/**
 * @param total how many items that the viewer may see have such a passage
 * @param facets counts of items
 * @param next the cursor of the following page, empty on the last
 */
public record SegmentResponse(
        long total,
        List<Hit> items,
        Map<SearchRequest.Facet, List<SearchResponse.Count>> facets,
        Optional<String> next) {
    /**
     * @param item by its best passage
     * @param found how many of its passages the viewer may see were found
     * @param segments the best, those that rank alike in the order of the file
     */
    public record Hit(SearchResponse.Hit item, long found, List<Found> segments) {}

    /**
     * A passage.
     *
     * @param number of the passage in its file, from 0
     * @param file its name in the item
     * @param given whether the viewer may have that file
     * @param tier as others may see it
     * @param speaker as others may see them, empty where nobody is named
     * @param role such as {@code transcription}
     * @param language BCP 47, empty where the file says none
     * @param start milliseconds of the transcript; empty where it has no time
     * @param derived whether the time was not written in the file
     * @param recording name of the file in the item that it is heard in, empty where there is none
     * @param origin milliseconds to add to the times to play the recording from there
     * @param page from 1; 0 where there are no pages
     * @param box left, top, width and height as fractions of the page; empty for all of it
     * @param text the whole passage
     * @param highlight the same as HTML with the words found between {@code <em>} and {@code </em>}; empty where nothing was asked for
     * @param mentions ids of the entities that it names
     */
    public record Found(
            ItemId item,
            long number,
            String file,
            boolean given,
            String tier,
            String speaker,
            String role,
            String language,
            Optional<Long> start,
            Optional<Long> end,
            boolean derived,
            String recording,
            long origin,
            int page,
            List<Double> box,
            OptionalDouble confidence,
            String text,
            String highlight,
            List<String> mentions,
            double score) {
        /** For whoever may read the passage and not hear it. */
        public Found withoutRecording() {
            return with(given, "");
        }

        /** For whoever may read the passage and not have the file. */
        public Found withoutFile() {
            return with(false, recording);
        }

        private Found with(boolean isGiven, String heard) {
            return new Found(
                    item,
                    number,
                    file,
                    isGiven,
                    tier,
                    speaker,
                    role,
                    language,
                    start,
                    end,
                    derived,
                    heard,
                    origin,
                    page,
                    box,
                    confidence,
                    text,
                    highlight,
                    mentions,
                    score);
        }
    }
}
