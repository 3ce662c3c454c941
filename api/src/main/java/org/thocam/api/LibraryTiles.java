package org.thocam.api;

import java.io.IOException;
import java.util.Optional;
import org.thocam.api.media.Tiles;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** The library's own tiles where it has any, else those that are cut at each request. */
record LibraryTiles(Library library, Tiles cut) implements Tiles {
    @Override
    public Optional<Info> info(ItemId id, Version version, Bitstream file) {
        return now().info(id, version, file);
    }

    @Override
    public byte[] piece(ItemId id, Version version, Bitstream file, Piece piece) throws IOException {
        return now().piece(id, version, file, piece);
    }

    private Tiles now() {
        return library.tiles().orElse(cut);
    }
}
