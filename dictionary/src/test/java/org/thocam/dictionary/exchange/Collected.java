package org.thocam.dictionary.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thocam.dictionary.entry.Entry;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/** What was read, for a test to look at. */
public final class Collected implements Reading, LexiconSource {
    public final Map<String, Entry> entries = new LinkedHashMap<>();
    public final List<Fault> faults = new ArrayList<>();
    public final List<String> unknown = new ArrayList<>();

    @Override
    public void entry(String id, Entry entry) {
        if (entries.put(id.isEmpty() ? "#" + entries.size() : id, entry) != null)
            throw new AssertionError("twice: " + id);
    }

    @Override
    public void fault(Fault fault) {
        faults.add(fault);
    }

    @Override
    public void unknown(String name) {
        unknown.add(name);
    }

    @Override
    public void forEach(Visitor visitor) throws java.io.IOException {
        for (var one : entries.entrySet()) visitor.entry(one.getKey(), one.getValue());
    }

    /** As {@code line code}. */
    public List<String> codes() {
        return faults.stream()
                .map(fault -> (fault.file().isEmpty() ? "" : fault.file() + " ") + fault.line() + " " + fault.code())
                .toList();
    }

    public static LexiconHead head(String language) {
        return new LexiconHead(
                "words",
                "https://example.org/dictionaries/words",
                LanguageMap.of(new LanguageTag("vi"), "Từ điển"),
                language,
                "CC-BY-4.0",
                List.of("Ai đó"));
    }
}
