package org.thocam.api;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SegmentRequest;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.transcript.Role;

/** Which places in recordings and pages are wanted. */
public final class SegmentParameters {
    private static final int USUAL = 100;

    @QueryParam("tier")
    @Parameter(description = "name of a tier, with segments=true; repeat it for 'any of these'")
    List<String> tier;

    @QueryParam("speaker")
    @Parameter(description = "who speaks, with segments=true")
    List<String> speaker;

    @QueryParam("role")
    @Parameter(
            description =
                    "what a tier is, with segments=true: transcription, orthography, phonetic, word, morpheme, gloss, part_of_speech, translation, note, reference, gesture, caption, other")
    List<String> role;

    @QueryParam("file")
    @Parameter(description = "name of a file in the item, with segments=true")
    List<String> file;

    @QueryParam("after")
    @Parameter(description = "milliseconds: places that end after it, with segments=true")
    String after;

    @QueryParam("before")
    @Parameter(description = "milliseconds: places that begin before it, with segments=true")
    String before;

    @QueryParam("segmentSize")
    @Parameter(description = "at most so many places of an item, 1 to 200, else 100")
    String segmentSize;

    SegmentRequest request(SearchRequest asked, Optional<ItemId> item) {
        int most = segmentSize == null || segmentSize.isBlank() ? USUAL : Lists.size(segmentSize, USUAL);
        if (most < 1) throw Lists.bad("segmentSize", segmentSize, "1 to " + Lists.LARGEST);
        return request(asked, item, most, 0);
    }

    SegmentRequest request(SearchRequest asked, Optional<ItemId> item, int most, int skip) {
        return new SegmentRequest(
                asked,
                most,
                skip,
                item,
                SearchParameters.values(file, false),
                Optional.empty(),
                SearchParameters.values(tier, false),
                SearchParameters.values(speaker, false),
                SearchParameters.values(role, true).stream()
                        .map(word -> SearchParameters.choice("role", word, Role.class)
                                .name()
                                .toLowerCase(Locale.ROOT))
                        .toList(),
                milliseconds("after", after),
                milliseconds("before", before));
    }

    private static Optional<Long> milliseconds(String name, String text) {
        if (text == null || text.isBlank()) return Optional.empty();
        if (!text.strip().matches("[0-9]{1,12}")) throw Lists.bad(name, text, "milliseconds as a whole number");
        return Optional.of(Long.valueOf(text.strip()));
    }
}
