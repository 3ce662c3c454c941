package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.thocam.dictionary.entry.Entry;

/**
 * The names of a file's entries here, the same for the same file and for its next edition: the guid, else the id where it fits into an
 * address, else a digest of the id, else of the forms.
 */
final class EntryIds {
    private final Map<String, Integer> seen = new HashMap<>();

    EntryId next(Entry entry) {
        var name = name(entry);
        int times = seen.merge(name, 1, Integer::sum);
        if (times == 1) return new EntryId(name);
        // another may be called so in the file
        while (seen.containsKey(name + "~" + times)) times++;
        seen.put(name, times);
        seen.put(name + "~" + times, 1);
        return new EntryId(name + "~" + times);
    }

    /** An edit leaves an entry what it is called by, so that the next file finds it again. */
    static void keep(EntryId id, ObjectNode before, ObjectNode after) {
        boolean named = legal(before.path("guid").asText());
        if (named || legal(after.path("guid").asText())) keep("guid", before, after);
        if (named) return;
        keep("liftId", before, after);
        boolean told = !before.path("liftId").asText().isEmpty()
                || before.path("lexicalUnit").equals(after.path("lexicalUnit"))
                        && before.path("order").equals(after.path("order"));
        if (!told) after.put("liftId", id.value());
    }

    private static void keep(String field, ObjectNode before, ObjectNode after) {
        if (before.has(field)) after.set(field, before.get(field));
        else after.remove(field);
    }

    private static String name(Entry entry) {
        for (var candidate : new String[] {entry.guid(), entry.liftId()}) if (legal(candidate)) return candidate;
        var told = entry.liftId().isEmpty()
                ? "forms " + entry.lexicalUnit().first() + "\0" + entry.order()
                : "id " + entry.liftId();
        return "x" + DigestUtils.sha256Hex(told).substring(0, 20);
    }

    /** Room is left for what tells a second one from the first. */
    private static boolean legal(String candidate) {
        return !candidate.isEmpty() && candidate.length() <= 190 && EntryId.legal(candidate);
    }
}
