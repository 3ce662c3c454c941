package org.thocam.api.oai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;
import org.thocam.ontology.exchange.Crosswalk;

/** A harvester's request, already checked: whoever holds one may answer it. OAI-PMH 2.0, section 4. */
sealed interface OaiRequest {
    List<String> VERBS =
            List.of("Identify", "ListMetadataFormats", "ListSets", "ListIdentifiers", "ListRecords", "GetRecord");

    OaiResponse answerFrom(Holdings holdings);

    record Identify() implements OaiRequest {
        @Override
        public OaiResponse answerFrom(Holdings holdings) {
            return holdings.identity();
        }
    }

    record ListMetadataFormats(Optional<String> identifier) implements OaiRequest {
        @Override
        public OaiResponse answerFrom(Holdings holdings) {
            if (identifier.isEmpty()) return holdings.formats();
            return holdings.entry(identifier.get())
                    .map(holdings::formats)
                    .orElseGet(() -> OaiError.idDoesNotExist(identifier.get()));
        }
    }

    record ListSets() implements OaiRequest {
        @Override
        public OaiResponse answerFrom(Holdings holdings) {
            return holdings.sets();
        }
    }

    record GetRecord(String identifier, Crosswalk crosswalk) implements OaiRequest {
        @Override
        public OaiResponse answerFrom(Holdings holdings) {
            return holdings.entry(identifier)
                    .map(entry -> holdings.record(entry, crosswalk))
                    .orElseGet(() -> OaiError.idDoesNotExist(identifier));
        }
    }

    /** Both lists: ListIdentifiers gives the headers of the records that ListRecords gives. */
    record ListFrom(ListVerb verb, Crosswalk crosswalk, Datestamps dates, Optional<String> set) implements OaiRequest {
        @Override
        public OaiResponse answerFrom(Holdings holdings) {
            return holdings.firstPage(this);
        }
    }

    record Resume(ListVerb verb, String token) implements OaiRequest {
        @Override
        public OaiResponse answerFrom(Holdings holdings) {
            return holdings.nextPage(this);
        }
    }

    enum ListVerb {
        ListIdentifiers,
        ListRecords
    }

    Pattern PREFIX = Pattern.compile("[A-Za-z0-9\\-_.!~*'()]+");
    Pattern SET_SPEC = Pattern.compile("[A-Za-z0-9\\-_.!~*'()]+(:[A-Za-z0-9\\-_.!~*'()]+)*");
    Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})++");

    /** @throws OaiError.Found if it is no request that could be answered. OAI-PMH 2.0, section 3.6 */
    static OaiRequest of(Arguments arguments, Offer offer) {
        var verbs = arguments.values("verb");
        if (verbs.isEmpty()) throw OaiError.badVerb("there is no verb").thrown();
        if (verbs.size() > 1)
            throw OaiError.badVerb("there are " + verbs.size() + " verbs").thrown();
        var verb = verbs.get(0);
        if (!VERBS.contains(verb))
            throw OaiError.badVerb("there is no verb '" + Shown.of(verb) + "'").thrown();
        return switch (verb) {
            case "Identify" -> {
                arguments.allow(Set.of());
                yield new Identify();
            }
            case "ListMetadataFormats" -> {
                arguments.allow(Set.of("identifier"));
                yield new ListMetadataFormats(arguments.one("identifier", URI, "a URI"));
            }
            case "ListSets" -> {
                arguments.allow(Set.of("resumptionToken"));
                if (!arguments.values("resumptionToken").isEmpty())
                    throw OaiError.badResumptionToken().thrown();
                yield new ListSets();
            }
            case "GetRecord" -> {
                arguments.allow(Set.of("identifier", "metadataPrefix"));
                var identifier = arguments.one("identifier", URI, "a URI").orElseThrow(() -> missing("identifier"));
                yield new GetRecord(identifier, crosswalk(arguments, offer));
            }
            default -> list(ListVerb.valueOf(verb), arguments, offer);
        };
    }

    private static OaiRequest list(ListVerb verb, Arguments arguments, Offer offer) {
        var token = arguments.values("resumptionToken");
        if (!token.isEmpty()) {
            arguments.allow(Set.of("resumptionToken"));
            return new Resume(verb, token.get(0));
        }
        arguments.allow(Set.of("metadataPrefix", "from", "until", "set"));
        var dates = Datestamps.of(arguments.one("from"), arguments.one("until"));
        var set = arguments.one("set", SET_SPEC, "a setSpec, such as craft:textile");
        return new ListFrom(verb, crosswalk(arguments, offer), dates, set);
    }

    private static Crosswalk crosswalk(Arguments arguments, Offer offer) {
        var word = arguments
                .one("metadataPrefix", PREFIX, "one that ListMetadataFormats tells")
                .orElseThrow(() -> missing("metadataPrefix"));
        return offer.of(word)
                .orElseThrow(() -> OaiError.cannotDisseminateFormat(word, offer).thrown());
    }

    private static OaiError.Found missing(String argument) {
        return OaiError.badArgument("the argument " + argument + " is missing").thrown();
    }

    /** What came after the question mark or in the form, before it is looked at. */
    record Arguments(List<Map.Entry<String, String>> pairs) {
        List<String> values(String name) {
            var found = new ArrayList<String>();
            for (var pair : pairs) if (pair.getKey().equals(name)) found.add(pair.getValue());
            return found;
        }

        /** The one value; more than one was refused by {@link #allow}. */
        Optional<String> one(String name) {
            return values(name).stream().findFirst();
        }

        Optional<String> one(String name, Pattern form, String want) {
            var value = one(name);
            if (value.isPresent() && !form.matcher(value.get()).matches())
                throw OaiError.badArgument(name + " '" + Shown.of(value.get()) + "': want " + want)
                        .thrown();
            return value;
        }

        void allow(Set<String> names) {
            for (var pair : pairs) {
                var name = pair.getKey();
                if (!name.equals("verb") && !names.contains(name))
                    throw OaiError.badArgument("the argument '" + Shown.of(name) + "' is not allowed here")
                            .thrown();
                if (values(name).size() > 1)
                    throw OaiError.badArgument("the argument " + name + " is repeated")
                            .thrown();
            }
        }
    }
}
