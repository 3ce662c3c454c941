package org.thocam.ingest.media.picture;

import java.io.IOException;

/** Why nothing is made of a picture. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private final String state;

    private Refusal(String state, String reason) {
        super(reason);
        this.state = state;
    }

    static Refusal unsupported(String reason) {
        return new Refusal("unsupported", reason);
    }

    static Refusal tooLarge(String reason) {
        return new Refusal("too-large", reason);
    }

    static Refusal broken(String reason) {
        return new Refusal("broken", reason);
    }

    String state() {
        return state;
    }
}
