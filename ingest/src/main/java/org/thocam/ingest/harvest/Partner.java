package org.thocam.ingest.harvest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A partner that is being asked: its client, and what its Identify says. OAI-PMH 2.0, section 4.2. */
record Partner(
        PartnerSource source,
        OaiClient client,
        Granularity granularity,
        Optional<Instant> earliest,
        boolean persistent) {
    static Partner identify(PartnerSource source, OaiClient client) throws InterruptedException {
        var answer = ask(source, client, Map.of("verb", "Identify"));
        var fields = answer.fields();
        if (fields.isEmpty())
            throw new HarvestException(
                    HarvestException.Kind.PROTOCOL,
                    source.base() + " does not say who it is" + because(answer)
                            + ". Is this the base URL of an OAI-PMH 2.0 provider?");
        return new Partner(
                source,
                client,
                Granularity.of(fields.getOrDefault("granularity", "")),
                Granularity.read(fields.getOrDefault("earliestDatestamp", "")),
                fields.getOrDefault("deletedRecord", "").equals("persistent"));
    }

    List<OaiAnswer.Format> formats() throws InterruptedException {
        return ask(source, client, Map.of("verb", "ListMetadataFormats")).formats();
    }

    private static OaiAnswer ask(PartnerSource source, OaiClient client, Map<String, String> arguments)
            throws InterruptedException {
        try {
            return client.ask(arguments);
        } catch (PageFault e) {
            if (e.isHtml())
                throw new HarvestException(
                        HarvestException.Kind.PROTOCOL,
                        source.base()
                                + " answers " + arguments.get("verb")
                                + " with a page for people (HTML), not as an OAI-PMH 2.0 provider. The base URL is another address"
                                + " of the same library, often ending with /oai, /oai/request (DSpace) or /cgi-bin/koha/oai.pl"
                                + " (Koha); with ?verb=Identify behind it, it shows XML",
                        e);
            throw new HarvestException(
                    HarvestException.Kind.PROTOCOL,
                    source.base() + " answers " + arguments.get("verb") + " with what cannot be read: " + e.getMessage()
                            + ". Is this the base URL of an OAI-PMH 2.0 provider?",
                    e);
        }
    }

    private static String because(OaiAnswer answer) {
        return answer.errors().isEmpty() ? "" : " (" + answer.errors().get(0) + ")";
    }

    /** One record. OAI-PMH 2.0, section 4.1. */
    Optional<OaiRecord> record(String identifier, String prefix) throws PageFault, InterruptedException {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("verb", "GetRecord");
        arguments.put("identifier", identifier);
        arguments.put("metadataPrefix", prefix);
        return client.ask(arguments).records().stream()
                .filter(record -> record.header().identifier().equals(identifier))
                .findFirst();
    }
}
