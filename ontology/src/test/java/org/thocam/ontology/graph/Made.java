package org.thocam.ontology.graph;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.Holding;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;

/** Items made for these tests. */
final class Made {
    private Made() {}

    static Item item(String id, String title, Access access) {
        return new Item(
                new ItemId(id),
                LanguageMap.of(new LanguageTag("vi"), title),
                "Text",
                List.of(new LanguageTag("blt-Tavt")),
                LanguageMap.of(LanguageTag.UNDETERMINED, "about " + title),
                List.of("Lò Văn Ín"),
                "2019-04-01",
                List.of("EG03"),
                Optional.of(new Place("Điện Biên", 21.386, 103.023)),
                "https://creativecommons.org/licenses/by/4.0/",
                access,
                List.of("craft:textile"),
                List.of(new Bitstream("a b.txt", "text/plain", 12, "9f86d081", TextState.OK, "")),
                List.of("MS 12"),
                "made.jsonl:1",
                "digest");
    }

    static Item item(String id) {
        return item(id, "title of " + id, Access.OPEN);
    }

    static Snapshot shown(long version, Holding holding) {
        var kind = !(holding instanceof Tombstone) ? Change.Kind.DEPOSITED : Change.Kind.WITHDRAWN;
        var change = new Change(
                0, holding.id(), new Version(version), kind, Instant.EPOCH, holding.access(), holding.sets(), "");
        return new Snapshot(change, holding, "");
    }

    static Snapshot withdrawn(long version, String id) {
        return shown(version, new Tombstone(new ItemId(id), List.of(), "made for a test"));
    }
}
