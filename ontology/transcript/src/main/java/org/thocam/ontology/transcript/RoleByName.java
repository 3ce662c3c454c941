package org.thocam.ontology.transcript;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the segments of a tier are, by the words of its name, as ELAN, Toolbox and Praat users call them. Where several words tell, the one that is
 * more particular counts: a {@code morpheme-gloss} is a gloss.
 */
final class RoleByName {
    /** Before a capital that follows a small letter, and whatever is no letter. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|[^\\p{L}\\p{M}]+");

    private static final Map<String, Role> ROLES = Map.ofEntries(
            Map.entry("note", Role.NOTE),
            Map.entry("notes", Role.NOTE),
            Map.entry("nota", Role.NOTE),
            Map.entry("notas", Role.NOTE),
            Map.entry("nt", Role.NOTE),
            Map.entry("comment", Role.NOTE),
            Map.entry("comments", Role.NOTE),
            Map.entry("kommentar", Role.NOTE),
            Map.entry("remark", Role.NOTE),
            Map.entry("pos", Role.PART_OF_SPEECH),
            Map.entry("ps", Role.PART_OF_SPEECH),
            Map.entry("msa", Role.PART_OF_SPEECH),
            Map.entry("partofspeech", Role.PART_OF_SPEECH),
            Map.entry("wordclass", Role.PART_OF_SPEECH),
            Map.entry("wortart", Role.PART_OF_SPEECH),
            Map.entry("gloss", Role.GLOSS),
            Map.entry("glosses", Role.GLOSS),
            Map.entry("glosse", Role.GLOSS),
            Map.entry("glosa", Role.GLOSS),
            Map.entry("gls", Role.GLOSS),
            Map.entry("gl", Role.GLOSS),
            Map.entry("ge", Role.GLOSS),
            Map.entry("gn", Role.GLOSS),
            Map.entry("translation", Role.TRANSLATION),
            Map.entry("translations", Role.TRANSLATION),
            Map.entry("traduction", Role.TRANSLATION),
            Map.entry("traducción", Role.TRANSLATION),
            Map.entry("traduccion", Role.TRANSLATION),
            Map.entry("tradução", Role.TRANSLATION),
            Map.entry("trad", Role.TRANSLATION),
            Map.entry("übersetzung", Role.TRANSLATION),
            Map.entry("dịch", Role.TRANSLATION),
            Map.entry("ft", Role.TRANSLATION),
            Map.entry("fte", Role.TRANSLATION),
            Map.entry("ftn", Role.TRANSLATION),
            Map.entry("morpheme", Role.MORPHEME),
            Map.entry("morphemes", Role.MORPHEME),
            Map.entry("morphem", Role.MORPHEME),
            Map.entry("morph", Role.MORPHEME),
            Map.entry("morphs", Role.MORPHEME),
            Map.entry("mb", Role.MORPHEME),
            Map.entry("mph", Role.MORPHEME),
            Map.entry("ipa", Role.PHONETIC),
            Map.entry("phonetic", Role.PHONETIC),
            Map.entry("phonetics", Role.PHONETIC),
            Map.entry("phonemic", Role.PHONETIC),
            Map.entry("phone", Role.PHONETIC),
            Map.entry("phones", Role.PHONETIC),
            Map.entry("phoneme", Role.PHONETIC),
            Map.entry("phonemes", Role.PHONETIC),
            Map.entry("ph", Role.PHONETIC),
            Map.entry("orthography", Role.ORTHOGRAPHY),
            Map.entry("orthographic", Role.ORTHOGRAPHY),
            Map.entry("ortho", Role.ORTHOGRAPHY),
            Map.entry("orth", Role.ORTHOGRAPHY),
            Map.entry("gesture", Role.GESTURE),
            Map.entry("gestures", Role.GESTURE),
            Map.entry("gest", Role.GESTURE),
            Map.entry("caption", Role.CAPTION),
            Map.entry("captions", Role.CAPTION),
            Map.entry("subtitle", Role.CAPTION),
            Map.entry("subtitles", Role.CAPTION),
            Map.entry("word", Role.WORD),
            Map.entry("words", Role.WORD),
            Map.entry("wort", Role.WORD),
            Map.entry("mot", Role.WORD),
            Map.entry("mots", Role.WORD),
            Map.entry("palabra", Role.WORD),
            Map.entry("palabras", Role.WORD),
            Map.entry("wd", Role.WORD),
            Map.entry("token", Role.WORD),
            Map.entry("tokens", Role.WORD),
            Map.entry("ref", Role.REFERENCE),
            Map.entry("reference", Role.REFERENCE),
            Map.entry("transcription", Role.TRANSCRIPTION),
            Map.entry("transcripción", Role.TRANSCRIPTION),
            Map.entry("transkription", Role.TRANSCRIPTION),
            Map.entry("trs", Role.TRANSCRIPTION),
            Map.entry("utterance", Role.TRANSCRIPTION),
            Map.entry("utterances", Role.TRANSCRIPTION),
            Map.entry("äußerung", Role.TRANSCRIPTION),
            Map.entry("speech", Role.TRANSCRIPTION),
            Map.entry("spch", Role.TRANSCRIPTION),
            Map.entry("sentence", Role.TRANSCRIPTION),
            Map.entry("phrase", Role.TRANSCRIPTION),
            Map.entry("text", Role.TRANSCRIPTION),
            Map.entry("tx", Role.TRANSCRIPTION));

    /** The more particular first. */
    private static final Role[] PARTICULAR = {
        Role.NOTE,
        Role.PART_OF_SPEECH,
        Role.GLOSS,
        Role.TRANSLATION,
        Role.MORPHEME,
        Role.PHONETIC,
        Role.ORTHOGRAPHY,
        Role.GESTURE,
        Role.CAPTION,
        Role.WORD,
        Role.REFERENCE,
        Role.TRANSCRIPTION
    };

    private RoleByName() {}

    static Optional<Role> of(String name) {
        int found = PARTICULAR.length;
        var words = BETWEEN_WORDS.split(name.length() > 200 ? name.substring(0, 200) : name);
        for (int i = 0; i < words.length; i++) {
            found = Math.min(found, rank(words[i]));
            if (i + 2 < words.length) found = Math.min(found, rank(words[i] + words[i + 1] + words[i + 2]));
        }
        return found == PARTICULAR.length ? Optional.empty() : Optional.of(PARTICULAR[found]);
    }

    private static int rank(String word) {
        var role = ROLES.get(word.toLowerCase(Locale.ROOT));
        for (int i = 0; i < PARTICULAR.length; i++) if (PARTICULAR[i] == role) return i;
        return PARTICULAR.length;
    }
}
