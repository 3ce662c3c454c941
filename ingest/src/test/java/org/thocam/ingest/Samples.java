package org.thocam.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;

/** Small real things for tests. */
public final class Samples {
    private Samples() {}

    public static Item item(String id, String title) {
        return item(id, title, Access.OPEN, List.of());
    }

    public static Item item(String id, String title, Access access, List<String> sets) {
        return new Item(
                new ItemId(id),
                LanguageMap.of(new LanguageTag("vi"), title),
                "Text",
                List.of(new LanguageTag("vi")),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of("EG03"),
                Optional.empty(),
                "CC0-1.0",
                access,
                sets,
                List.of(),
                List.of(),
                "",
                "");
    }

    public static Submission submission(String id, String title, String text) {
        return new Submission(item(id, title), Optional.of(text), List.of(), id);
    }

    public static Deposit deposit(Item item, Version basis, Instant at, String text) {
        return new Deposit(
                item,
                basis,
                at,
                "tester",
                Map.of(
                        "text/0-record.txt",
                        new Content.OfBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    public static Change change(String id, long version, Instant at, Access access, List<String> sets) {
        return new Change(
                0, new ItemId(id), new Version(version), Change.Kind.DEPOSITED, at, access, sets, "d" + version);
    }
}
