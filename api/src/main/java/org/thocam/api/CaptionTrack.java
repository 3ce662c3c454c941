package org.thocam.api;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.thocam.api.VisibleTranscripts.Shown;
import org.thocam.api.VisibleTranscripts.ShownTier;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.transcript.Recording;
import org.thocam.ontology.transcript.Role;

/**
 * Captions of a recording in one orthography: the tiers of one transcript that are one layer in one language, of all speakers.
 *
 * @param language BCP 47 with the script where the file says it; of speech that of the item where that has one alone; else empty
 * @param layer what the tiers are called, without their speakers; may be empty
 */
record CaptionTrack(String file, List<ShownTier> tiers, Role role, Optional<LanguageTag> language, String layer) {
    private static final Set<Role> SAID = EnumSet.of(Role.TRANSCRIPTION, Role.ORTHOGRAPHY, Role.CAPTION);

    private record Kind(Role role, Optional<LanguageTag> language, String layer) {}

    CaptionTrack {
        tiers = List.copyOf(tiers);
    }

    /** What is spoken: tiers that say so, else those of which nothing is said. */
    static List<ShownTier> spoken(Shown shown) {
        var said = shown.tiers().stream()
                .filter(tier -> SAID.contains(tier.tier().role()))
                .toList();
        return said.isEmpty()
                ? shown.tiers().stream()
                        .filter(tier -> tier.tier().role() == Role.OTHER)
                        .toList()
                : said;
    }

    /** All of a transcript, speech before translations. */
    static List<CaptionTrack> of(Item item, Shown shown) {
        var wanted = new ArrayList<>(spoken(shown));
        shown.tiers().stream()
                .filter(tier -> tier.tier().role() == Role.TRANSLATION)
                .forEach(wanted::add);
        var groups = new LinkedHashMap<Kind, List<ShownTier>>();
        for (var tier : wanted) {
            if (tier.timed() == 0) continue;
            var kind = new Kind(tier.tier().role(), language(item, tier), layer(tier));
            groups.computeIfAbsent(kind, none -> new ArrayList<>()).add(tier);
        }
        var tracks = new ArrayList<CaptionTrack>(groups.size());
        groups.forEach((kind, tiers) ->
                tracks.add(new CaptionTrack(shown.file(), tiers, kind.role(), kind.language(), kind.layer())));
        return tracks;
    }

    /** The language of a tier, of speech that of the item where it has one alone. */
    static Optional<LanguageTag> language(Item item, ShownTier tier) {
        var own = tier.language();
        boolean ofItem = own.isEmpty()
                && SAID.contains(tier.tier().role())
                && item.languages().size() == 1
                && !item.languages().get(0).undetermined();
        return ofItem ? Optional.of(item.languages().get(0)) : own;
    }

    /** {@code tx@Ama} and {@code tx@Ba} are one layer, and so are tiers that are called like their speakers. */
    private static String layer(ShownTier tier) {
        var name = tier.tier().name();
        int at = name.indexOf('@');
        if (at > 0) return name.substring(0, at);
        return name.equals(tier.tier().speaker()) ? "" : name;
    }

    /** BCP 47; {@code und} where nobody knows. */
    String srclang() {
        return language.map(LanguageTag::value).orElse("und");
    }

    String label() {
        var what = layer.isBlank() ? role.name().toLowerCase(Locale.ROOT) : layer;
        return language.map(tag -> what + " (" + tag + ")").orElse(what);
    }

    /** HTML, section 4.8.11.1: a translation is subtitles, speech as it is heard are captions. */
    String kind() {
        return role == Role.TRANSLATION ? "subtitles" : "captions";
    }

    /** Where it is had as WebVTT with the times of a recording. */
    String address(ItemId id, Recording recording) {
        var address = new StringBuilder(TranscriptResource.address(id, "vtt", file));
        char separator = '?';
        for (var tier : tiers) {
            address.append(separator)
                    .append("tier=")
                    .append(TranscriptResource.parameter(tier.tier().name()));
            separator = '&';
        }
        return address.append(separator)
                .append("recording=")
                .append(TranscriptResource.parameter(recording.file().name()))
                .toString();
    }
}
