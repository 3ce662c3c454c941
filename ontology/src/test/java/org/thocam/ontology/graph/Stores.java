package org.thocam.ontology.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.thocam.services.FaultyProxy;
import org.thocam.services.FusekiService;

/** The store that the tests of this process share, each in a partition of its own. */
final class Stores {
    private Stores() {}

    static RemoteGraph.Settings fuseki() {
        try {
            return settings(FusekiService.ofThisProcess());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static RemoteGraph.Settings settings(FusekiService fuseki) {
        return new RemoteGraph.Settings(fuseki.query(), fuseki.update(), fuseki.data(), "", "");
    }

    static RemoteGraph.Settings by(FaultyProxy proxy, RemoteGraph.Settings settings) {
        return new RemoteGraph.Settings(
                proxy.instead(settings.query()),
                proxy.instead(settings.update()),
                proxy.instead(settings.data()),
                settings.user(),
                settings.password());
    }
}
