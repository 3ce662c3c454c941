package org.thocam.ontology;

import java.time.Instant;

/** One version as the archive keeps it: what it holds, when and by whom it was deposited. */
public record Archived(Version version, Instant at, String agent, Holding holding) {}
