package org.thocam.index.analysis;

import com.ibm.icu.lang.UScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All writing systems that are described, by tag and by script. */
final class WritingSystems {
    private static final Map<Integer, Boolean> SYLLABIC = new HashMap<>();
    private static final List<Description> DESCRIPTIONS = descriptions();

    private WritingSystems() {}

    private static List<Description> descriptions() {
        var all = new ArrayList<Description>();
        for (var name : Description.names()) {
            var description = Description.named(name);
            all.add(description);
            var unit = description.value("unit");
            boolean syllabic = unit.equals("syllable") || unit.equals("cluster") || unit.equals("rime-first");
            if (syllabic) SYLLABIC.put(UScript.getCodeFromName(description.value("script")), true);
        }
        return List.copyOf(all);
    }

    /** Whether texts in this script are cut into orthographic syllables. */
    static boolean syllabic(int script) {
        return SYLLABIC.containsKey(script);
    }

    /** What is known of one tag, once for all. */
    private static final class Made {
        static final List<WritingSystem> ALL = new ArrayList<>();
        static final Map<String, WritingSystem> BY_TAG = new HashMap<>();
        static final Map<Integer, WritingSystem> BY_SCRIPT = new HashMap<>();

        static {
            for (var description : DESCRIPTIONS) {
                var base = description.optional("like").map(Description::named).orElse(description);
                var system = new WritingSystem(description, base);
                ALL.add(system);
                for (var tag : description.words("tags")) BY_TAG.putIfAbsent(tag, system);
                BY_SCRIPT.putIfAbsent(system.script(), system);
            }
        }
    }

    static List<WritingSystem> all() {
        return List.copyOf(Made.ALL);
    }

    /** The tables between this writing system and its sisters, whichever of the two has it in its description. */
    static List<SisterSpelling> sisters(String tag) {
        var tables = new ArrayList<SisterSpelling>();
        for (var description : DESCRIPTIONS) {
            var sister = description.optional("sister");
            if (sister.isEmpty()) continue;
            if (description.words("tags").get(0).equals(tag)) tables.add(SisterSpelling.from(description));
            if (sister.get().equals(tag)) tables.add(SisterSpelling.to(description));
        }
        return List.copyOf(tables);
    }

    /** The one described for this script first; null where the script has none. */
    static WritingSystem ofScript(int script) {
        return Made.BY_SCRIPT.get(script);
    }

    static WritingSystem tagged(String tag) {
        return Made.BY_TAG.get(tag);
    }
}
