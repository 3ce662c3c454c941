package org.thocam.ontology.reference;

import java.util.Set;

/** The DCMI Type Vocabulary, http://purl.org/dc/dcmitype/. */
public final class DcmiTypes {
    public static final Set<String> ALL = Set.of(
            "Collection",
            "Dataset",
            "Event",
            "Image",
            "InteractiveResource",
            "MovingImage",
            "PhysicalObject",
            "Service",
            "Software",
            "Sound",
            "StillImage",
            "Text");

    private DcmiTypes() {}
}
