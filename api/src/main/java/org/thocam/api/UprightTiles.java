package org.thocam.api;

import java.io.IOException;
import java.util.Optional;
import org.thocam.api.media.Tiles;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** Tiles of pictures that are stored as they are to be seen: one that its Exif turns is given whole, and browsers turn it. */
record UprightTiles(DerivedFacts facts, Tiles cut) implements Tiles {
    @Override
    public Optional<Info> info(ItemId id, Version version, Bitstream file) {
        return facts.isTurned(id, version, file) ? Optional.empty() : cut.info(id, version, file);
    }

    @Override
    public byte[] piece(ItemId id, Version version, Bitstream file, Piece piece) throws IOException {
        return cut.piece(id, version, file, piece);
    }
}
