package org.thocam.ontology.transcript;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A transcript as one text to be read and sought: the tiers that are speech, writing, translation and notes, one after the other, a line for each
 * passage. Words and sounds are in it where nothing longer is; the parts of words never are.
 *
 * @param text lines, tiers apart by an empty one
 * @param starts where a passage begins in the text, by its number: UTF-16 units from 0; of those that are in it
 */
public record PassageText(String text, Map<Integer, Integer> starts) {
    private static final Set<Role> READ = EnumSet.of(
            Role.TRANSCRIPTION, Role.ORTHOGRAPHY, Role.TRANSLATION, Role.GLOSS, Role.NOTE, Role.CAPTION, Role.OTHER);
    private static final Set<Role> SAID = EnumSet.of(Role.TRANSCRIPTION, Role.ORTHOGRAPHY, Role.CAPTION, Role.OTHER);

    public PassageText {
        starts = Map.copyOf(starts);
    }

    /** @param shown which passages may be in it */
    public static PassageText of(Transcript transcript, List<Passage> passages, Predicate<Passage> shown) {
        boolean said = passages.stream().anyMatch(passage -> SAID.contains(role(transcript, passage)));
        var byTier = new HashMap<Integer, List<Passage>>();
        for (var passage : passages) {
            var role = role(transcript, passage);
            boolean in = READ.contains(role) || !said && role != Role.REFERENCE;
            if (in && shown.test(passage))
                byTier.computeIfAbsent(passage.tier(), tier -> new ArrayList<>())
                        .add(passage);
        }
        var text = new StringBuilder();
        var starts = new HashMap<Integer, Integer>();
        for (int tier = 0; tier < transcript.tiers().size(); tier++) {
            var lines = byTier.get(tier);
            if (lines == null) continue;
            if (text.length() > 0) text.append('\n');
            for (var passage : lines) {
                starts.put(passage.number(), text.length());
                text.append(passage.text()).append('\n');
            }
        }
        return new PassageText(text.toString().stripTrailing(), starts);
    }

    private static Role role(Transcript transcript, Passage passage) {
        return transcript.tiers().get(passage.tier()).role();
    }
}
