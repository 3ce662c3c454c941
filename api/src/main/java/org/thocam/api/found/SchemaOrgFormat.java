package org.thocam.api.found;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.exchange.CatalogueRecord;

/** {@link SchemaOrg} as a document of its own. */
final class SchemaOrgFormat implements RecordFormat {
    @Override
    public String name() {
        return "schemaorg";
    }

    @Override
    public String mediaType() {
        return "application/ld+json";
    }

    @Override
    public List<String> otherNames() {
        return List.of("schema.org");
    }

    @Override
    public String profile() {
        return SchemaOrg.CONTEXT;
    }

    @Override
    public void write(CatalogueRecord record, OutputStream out) throws IOException {
        out.write(ItemJson.MAPPER.writeValueAsBytes(SchemaOrg.of(record)));
    }
}
