package org.thocam.ontology.graph;

import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.store.DatasetGraphSwitchable;
import org.apache.jena.tdb2.sys.TDBInternal;

/**
 * A TDB2 store on whose one state each transaction stays from its begin to its end. TDB2 puts another store in place when it has
 * compacted one: a reader of the first would go on in the second, where it has no transaction, and the first would wait for its end for
 * ever, and compacting with it.
 */
final class SteadyStore extends DatasetGraphWrapper {
    private final DatasetGraphSwitchable store;
    private final ThreadLocal<DatasetGraph> held = new ThreadLocal<>();

    SteadyStore(DatasetGraphSwitchable store) {
        super(store);
        this.store = store;
    }

    /** The store as TDB2's own operations want it. */
    DatasetGraphSwitchable whole() {
        return store;
    }

    @Override
    public DatasetGraph get() {
        var mine = held.get();
        return mine == null ? store.get() : mine;
    }

    @Override
    public void begin(TxnType type) {
        if (type == TxnType.READ) {
            read();
            return;
        }
        var now = store.get();
        now.begin(type);
        held.set(now);
    }

    /** Who asked the old store in the moment when it was put out of use is let in or turned away by it later, and asks the new one. */
    private void read() {
        while (true) {
            var now = store.get();
            try {
                now.begin(TxnType.READ);
            } catch (RuntimeException e) {
                if (store.get() != now) continue;
                throw e;
            }
            if (store.get() == now) {
                held.set(now);
                return;
            }
            now.end();
        }
    }

    /** Copies what is there now into a new store and puts it in place; one thread, and nobody writes meanwhile. */
    void compact() {
        var old = TDBInternal.getTransactionCoordinator(store);
        DatabaseMgr.compact(store, true);
        // TDB2 keeps the door of the old one locked for ever, with those before it who came too late
        old.finishExclusiveMode();
    }

    @Override
    public void end() {
        try {
            get().end();
        } finally {
            held.remove();
        }
    }
}
