package org.thocam.ontology.linking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names by their words. A node is a number; what ends at a node is read with {@link #at}. Not changed once it is filled. */
final class Trie<T> {
    static final int ROOT = 0;
    static final int NONE = -1;

    private final Map<String, Integer> words = new HashMap<>();
    private final Map<Long, Integer> steps = new HashMap<>();
    private final List<List<T>> ends = new ArrayList<>(List.of(List.<T>of()));
    private long[] keys;
    private int[] targets;

    void add(List<String> name, T value) {
        int node = ROOT;
        for (var word : name) {
            int id = words.computeIfAbsent(word, w -> words.size());
            node = steps.computeIfAbsent(step(node, id), s -> {
                ends.add(List.of());
                return ends.size() - 1;
            });
        }
        var here = ends.get(node);
        if (here.contains(value)) return;
        var more = new ArrayList<>(here);
        more.add(value);
        ends.set(node, more);
    }

    /** Open addressing: a text asks for each of its words. */
    Trie<T> frozen() {
        int size = Integer.highestOneBit(Math.max(8, steps.size() * 4));
        keys = new long[size];
        targets = new int[size];
        for (var entry : steps.entrySet()) {
            int slot = slot(entry.getKey());
            while (targets[slot] != 0) slot = slot + 1 & size - 1;
            keys[slot] = entry.getKey();
            targets[slot] = entry.getValue();
        }
        return this;
    }

    /** The number of a word, {@link #NONE} where no name has it. */
    int word(String key) {
        var id = words.get(key);
        return id == null ? NONE : id;
    }

    int next(int node, int word) {
        if (word == NONE) return NONE;
        long step = step(node, word);
        for (int slot = slot(step); targets[slot] != 0; slot = slot + 1 & keys.length - 1)
            if (keys[slot] == step) return targets[slot];
        return NONE;
    }

    List<T> at(int node) {
        return ends.get(node);
    }

    /** What ends exactly where the words end; empty where nothing does. */
    List<T> find(List<String> name) {
        int node = ROOT;
        for (var word : name) {
            node = next(node, word(word));
            if (node == NONE) return List.of();
        }
        return at(node);
    }

    private static long step(int node, int word) {
        return (long) node << 32 | word;
    }

    private int slot(long step) {
        long hash = step * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 40) & keys.length - 1;
    }
}
