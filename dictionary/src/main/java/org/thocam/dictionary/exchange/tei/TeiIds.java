package org.thocam.dictionary.exchange.tei;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.thocam.dictionary.exchange.XmlTree;

/**
 * The {@code xml:id}s of one document: an id stays what it is where XML allows it. Where it does not, or another has it already, the id
 * as it was stands in {@code @n}, behind {@link #MARK}.
 */
final class TeiIds {
    static final String MARK = "id:";

    private final Map<String, Integer> uses = new HashMap<>();

    /** @param made the name of an element that has no id */
    String put(XmlTree element, String id, String made) {
        var name = id.isEmpty() ? made : name(id);
        var unique = name;
        int count = uses.merge(name, 1, Integer::sum);
        while (count > 1 && uses.putIfAbsent(unique = name + "-" + count, 1) != null) count++;
        element.with("xml:id", unique);
        if (!unique.equals(id)) element.with("n", MARK + id);
        return unique;
    }

    static String read(XmlTree element) {
        var n = element.attribute("n");
        return n.startsWith(MARK) ? n.substring(MARK.length()) : element.attribute("xml:id");
    }

    /** Points to an id: to the first that has it. */
    static void point(XmlTree element, String id) {
        var name = name(id);
        element.with("target", "#" + name);
        if (!name.equals(id)) element.with("n", MARK + id);
    }

    static String pointed(XmlTree element) {
        var n = element.attribute("n");
        if (n.startsWith(MARK)) return n.substring(MARK.length());
        var target = element.attribute("target");
        return target.startsWith("#") ? target.substring(1) : target;
    }

    /** Few scripts are allowed in names by XML 1.0's fourth edition, which schemas go by; so ASCII alone, and a hash where that says too little. */
    static String name(String id) {
        if (id.matches("[A-Za-z_][A-Za-z0-9._-]*")) return id;
        return "i." + id.replaceAll("[^A-Za-z0-9._-]+", "_") + "." + hash(id);
    }

    private static String hash(String id) {
        return DigestUtils.sha256Hex(id).substring(0, 10);
    }
}
