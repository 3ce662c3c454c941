package org.thocam.ontology.linking;

import java.util.function.Supplier;
import org.thocam.ontology.Change;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Register;

/** The linker for the entities as they are now; made anew when they changed. Any number of threads may ask it. */
public final class CurrentLinker implements Supplier<Linker> {
    private final AuthorityFile entities;
    private volatile Made made = new Made(Register.EMPTY, Linker.of(Register.EMPTY));

    private record Made(Register register, Linker linker) {}

    public CurrentLinker(AuthorityFile entities) {
        this.entities = entities;
    }

    @Override
    public Linker get() {
        var now = entities.register();
        var last = made;
        if (last.register != now) {
            synchronized (this) {
                now = entities.register();
                if (made.register != now) made = new Made(now, Linker.of(now));
                last = made;
            }
        }
        return last.linker;
    }

    /** Makes sure that the linker knows what a change of the entities brought. */
    public void reach(Change change) {
        entities.reach(change.id());
    }
}
