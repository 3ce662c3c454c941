package org.thocam.ontology.exchange.olac;

import static org.thocam.ontology.exchange.reading.Reading.from;

import java.util.List;
import java.util.Map;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.Description.Draft;
import org.thocam.ontology.exchange.RecordReader;
import org.thocam.ontology.exchange.dc.DublinCoreReaders;
import org.thocam.ontology.exchange.reading.Found;
import org.thocam.ontology.exchange.reading.Languages;
import org.thocam.ontology.exchange.reading.Understood;
import org.thocam.ontology.exchange.reading.Understood.Heading;

/** Records of language archives: qualified Dublin Core with the codes of OLAC. OLAC Metadata 1.1, and 1.0, which has the same. */
public final class OlacReader {
    public static final RecordReader READER = DublinCoreReaders.with(
            root -> "olac".equals(root.getLocalName())
                    && String.valueOf(root.getNamespaceURI()).startsWith("http://www.language-archives.org/OLAC/1."),
            Map.of(
                    "alternative", from("alternative").each(OlacReader::alternative),
                    "contributor", from("contributor").each(OlacReader::contributor),
                    "subject", from("subject", "language").all(OlacReader::subjects),
                    "type", from("type").each(OlacReader::type)));

    private OlacReader() {}

    /** OLAC has one title; that of another language stands beside it. */
    private static void alternative(Draft draft, Found found) {
        if (found.language().undetermined()) draft.term("alternative", found.text(), found.language(), "");
        else draft.title(found.language(), found.text());
    }

    private static void contributor(Draft draft, Found found) {
        var role = found.attribute("code");
        draft.term("contributor", found.text(), found.language(), Olac.isRole(role) ? role : "");
    }

    /** A language that it is about, and not in, is a subject. */
    private static void subjects(Draft draft, List<Found> found) {
        var spoken = found.stream()
                .filter(one -> one.name().equals("language"))
                .flatMap(one -> Languages.tag(one.attribute("code")).stream())
                .map(LanguageTag::language)
                .toList();
        for (var one : found) {
            if (!one.name().equals("subject") || !one.isOf("language")) continue;
            Languages.tag(one.attribute("code"))
                    .filter(tag -> !tag.undetermined() && !spoken.contains(tag.language()))
                    .ifPresent(tag -> draft.term("subject", tag.language(), LanguageTag.UNDETERMINED, Olac.LANGUAGE));
        }
        Understood.subjects(
                draft,
                found.stream()
                        .filter(one -> one.name().equals("subject") && !one.isOf("language"))
                        .map(OlacReader::heading)
                        .toList());
    }

    private static Heading heading(Found subject) {
        var code = subject.attribute("code");
        return code.isEmpty()
                ? new Heading(subject.text(), subject.language(), DublinCoreReaders.scheme(subject))
                : new Heading(code, LanguageTag.UNDETERMINED, subject.scheme());
    }

    private static void type(Draft draft, Found found) {
        var code = found.attribute("code");
        if (code.isEmpty()) Understood.type(draft, found.text(), found.language(), "");
        else draft.term("type", code, LanguageTag.UNDETERMINED, found.scheme());
    }
}
