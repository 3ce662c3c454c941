package org.thocam.api.sru;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.thocam.ontology.exchange.Crosswalk;

/**
 * A schema that records are given in, under the names that SRU clients have for it. SRU list of record schemas.
 *
 * @param name the short one
 * @param uri the one that answers bear
 */
record RecordSchema(String name, String title, String uri, Crosswalk crosswalk) {
    private static final Pattern MODS_VERSION = Pattern.compile("mods-(\\d)-(\\d+)");

    /** A kind of records, whatever its crosswalk is called in our registry. */
    private enum Known {
        DC(
                "dc",
                "Dublin Core",
                "(info:srw/schema/1/)?(srw_)?dc(-?v?1\\.1|-schema)?|http://purl\\.org/dc/elements/1\\.1/?"),
        MARCXML(
                "marcxml",
                "MARC 21 in XML",
                "(info:srw/schema/1/)?marc(xml|21|21xml)?(-?v?1\\.[12])?|https?://www\\.loc\\.gov/marc21/slim/?"),
        MODS("mods", "MODS", "(info:srw/schema/1/)?mods(-?v?3(\\.\\d+)?)?|https?://www\\.loc\\.gov/mods(/v3)?/?"),
        OAI_DC("oai_dc", "Dublin Core as in OAI-PMH", "oai_dc|http://www\\.openarchives\\.org/oai/2\\.0/oai_dc/?"),
        OLAC("olac", "OLAC metadata", "olac|http://www\\.language-archives\\.org/olac/1\\.1/?");

        private final String word;
        private final String title;
        private final Pattern names;

        Known(String word, String title, String names) {
            this.word = word;
            this.title = title;
            this.names = Pattern.compile(names);
        }

        Optional<RecordSchema> from(Function<String, Optional<Crosswalk>> registry) {
            var crosswalk = this == DC
                    ? Optional.<Crosswalk>of(SruDublinCore.CROSSWALK)
                    : registry.apply(this == MARCXML ? "marc21" : word);
            return crosswalk.map(found -> new RecordSchema(word, title, uri(found), found));
        }

        private String uri(Crosswalk crosswalk) {
            return switch (this) {
                case DC -> "info:srw/schema/1/dc-v1.1";
                case MARCXML -> "info:srw/schema/1/marcxml-v1.1";
                case MODS -> {
                    var version = MODS_VERSION.matcher(crosswalk.format().schema());
                    yield "info:srw/schema/1/mods-v"
                            + (version.find() ? version.group(1) + "." + version.group(2) : "3.0");
                }
                default -> crosswalk.format().namespace();
            };
        }
    }

    /** Dublin Core is what a client gets that asks for nothing else: every record can be said in it. */
    static RecordSchema usual() {
        return Known.DC.from(prefix -> Optional.empty()).orElseThrow();
    }

    static Optional<RecordSchema> of(String name, Function<String, Optional<Crosswalk>> registry) {
        var wanted = name.strip().toLowerCase(Locale.ROOT);
        for (var known : Known.values()) if (known.names.matcher(wanted).matches()) return known.from(registry);
        return Optional.empty();
    }

    static List<RecordSchema> all(Function<String, Optional<Crosswalk>> registry) {
        return List.of(Known.values()).stream()
                .flatMap(known -> known.from(registry).stream())
                .toList();
    }
}
