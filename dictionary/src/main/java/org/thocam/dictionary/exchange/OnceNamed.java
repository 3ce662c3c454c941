package org.thocam.dictionary.exchange;

import java.util.HashSet;
import java.util.Set;
import org.thocam.dictionary.entry.Entry;

/** Tells what has no field here once each. */
public final class OnceNamed implements Reading {
    private final Reading reading;
    private final Set<String> named = new HashSet<>();

    public OnceNamed(Reading reading) {
        this.reading = reading;
    }

    @Override
    public void entry(String id, Entry entry) {
        reading.entry(id, entry);
    }

    @Override
    public void fault(Fault fault) {
        reading.fault(fault);
    }

    @Override
    public void unknown(String name) {
        if (named.size() < 10_000 && named.add(name)) reading.unknown(name);
    }
}
