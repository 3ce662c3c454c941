package org.thocam.api.oai;

import org.thocam.ontology.Shown;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.XmlOut;

/** Why a request has no answer. OAI-PMH 2.0, section 3.6. */
record OaiError(Code code, String message) implements OaiResponse {
    /** Spelled as the protocol spells them. */
    enum Code {
        badArgument,
        badResumptionToken,
        badVerb,
        cannotDisseminateFormat,
        idDoesNotExist,
        noMetadataFormats,
        noRecordsMatch,
        noSetHierarchy
    }

    static OaiError badArgument(String message) {
        return new OaiError(Code.badArgument, message);
    }

    static OaiError badVerb(String message) {
        return new OaiError(Code.badVerb, message + "; want one of " + OaiRequest.VERBS);
    }

    static OaiError badResumptionToken() {
        return new OaiError(
                Code.badResumptionToken,
                "the resumptionToken is not one of ours for this verb, was changed, or is older than 24 hours; begin the list again");
    }

    static OaiError cannotDisseminateFormat(String prefix, Offer offer) {
        return new OaiError(
                Code.cannotDisseminateFormat,
                "metadataPrefix '" + Shown.of(prefix) + "' is not offered"
                        + offer.elsewhere(prefix)
                                .map(path -> " at this address, but at " + path)
                                .orElse("; ListMetadataFormats tells which are"));
    }

    static OaiError cannotDisseminate(String identifier, Crosswalk crosswalk) {
        return new OaiError(
                Code.cannotDisseminateFormat,
                "'" + Shown.of(identifier) + "' cannot be given in "
                        + crosswalk.format().prefix()
                        + "; ListMetadataFormats with this identifier tells in which it can");
    }

    static OaiError idDoesNotExist(String identifier) {
        return new OaiError(Code.idDoesNotExist, "there is no '" + Shown.of(identifier) + "' here");
    }

    static OaiError noMetadataFormats(String identifier) {
        return new OaiError(
                Code.noMetadataFormats,
                "'" + Shown.of(identifier) + "' cannot be given in any format now; its header can");
    }

    static OaiError noRecordsMatch() {
        return new OaiError(Code.noRecordsMatch, "no record has such a datestamp and set");
    }

    static OaiError noSetHierarchy() {
        return new OaiError(Code.noSetHierarchy, "there are no sets here");
    }

    /** Whether the request's attributes may be repeated beside it. OAI-PMH 2.0, section 3.2. */
    boolean echoesArguments() {
        return code != Code.badVerb && code != Code.badArgument;
    }

    @Override
    public void write(XmlOut xml) throws javax.xml.stream.XMLStreamException {
        xml.start("error").attribute("code", code.name()).text(message).end();
    }

    /** Ends the reading of a request. */
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient OaiError error;

        Found(OaiError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        OaiError error() {
            return error;
        }
    }

    Found thrown() {
        return new Found(this);
    }
}
