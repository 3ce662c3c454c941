package org.thocam.ontology.exchange.packages;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thocam.ontology.Shown;

/**
 * A bag that is complete and valid: whoever holds one may rely on every byte of its payload. RFC 8493, section 3; bags of the drafts
 * 0.93 to 0.97 are read too.
 */
record Bag(Tree tree, List<TagFile.Tag> info) {
    static final String PAYLOAD = "data/";
    static final String DECLARATION = "bagit.txt";
    static final String INFO = "bag-info.txt";
    private static final Pattern VERSION = Pattern.compile("1\\.0|0\\.9[3-7]");
    private static final Pattern MANIFEST = Pattern.compile("manifest-([^/]+)\\.txt");
    private static final Pattern TAG_MANIFEST = Pattern.compile("tagmanifest-([^/]+)\\.txt");
    private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]+)[ \\t]+\\*?(.*)", Pattern.DOTALL);
    private static final Pattern OXUM = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    static boolean isBag(Tree tree) {
        return tree.files().containsKey(DECLARATION);
    }

    Optional<String> info(String label) {
        return infos(label).stream().findFirst();
    }

    List<String> infos(String label) {
        return info.stream()
                .filter(tag -> tag.label().equalsIgnoreCase(label))
                .map(TagFile.Tag::value)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** @throws BadPackageException at the first thing that is not as the bag says; it names the file */
    static Bag checked(Tree tree) throws IOException {
        return new Check(tree).run();
    }

    private static final class Check {
        private final Tree tree;
        private String version;
        private Charset encoding;

        private Check(Tree tree) {
            this.tree = tree;
        }

        private Bag run() throws IOException {
            declaration();
            refuseFetch();
            var payload = manifests(MANIFEST);
            if (payload.isEmpty())
                throw new BadPackageException(tree.name()
                        + " has no payload manifest: want manifest-sha512.txt or one of another algorithm; found "
                        + tree.files().keySet().stream()
                                .filter(path -> path.indexOf('/') < 0)
                                .map(Shown::of)
                                .limit(20)
                                .toList());
            var tags = manifests(TAG_MANIFEST);
            tags.forEach((manifest, listed) -> listed.keySet().forEach(path -> {
                if (path.startsWith(PAYLOAD) || TAG_MANIFEST.matcher(path).matches())
                    throw new BadPackageException(manifest + " lists '" + Shown.of(path)
                            + "': want tag files only, neither payload nor tag manifests");
            }));
            payload.forEach((manifest, listed) -> listed.keySet().forEach(path -> {
                if (!path.startsWith(PAYLOAD))
                    throw new BadPackageException(manifest + " lists '" + Shown.of(path)
                            + "', which is not below data/: want payload files only");
            }));
            var info = tree.files().containsKey(INFO)
                    ? TagFile.tags(tree.open(INFO), encoding, INFO)
                    : List.<TagFile.Tag>of();
            var bag = new Bag(tree, List.copyOf(info));
            payloadOxum(bag);
            everyPayloadFileIsListed(payload);
            nothingIsMissing(payload);
            nothingIsMissing(tags);
            bytes(tags);
            bytes(payload);
            return bag;
        }

        private void declaration() throws IOException {
            if (tree.files().get(DECLARATION) > 1_000)
                throw new BadPackageException(DECLARATION + " is no bag declaration: want two lines");
            var tags = TagFile.tags(tree.open(DECLARATION), StandardCharsets.UTF_8, DECLARATION);
            boolean good = tags.size() == 2
                    && tags.get(0).label().equals("BagIt-Version")
                    && tags.get(1).label().equals("Tag-File-Character-Encoding");
            if (!good)
                throw new BadPackageException(DECLARATION
                        + ": want the lines 'BagIt-Version: 1.0' and 'Tag-File-Character-Encoding: UTF-8', found "
                        + tags.stream()
                                .limit(3)
                                .map(tag -> "'" + Shown.of(tag.label() + ": " + tag.value()) + "'")
                                .toList());
            version = tags.get(0).value();
            if (!VERSION.matcher(version).matches())
                throw new BadPackageException(
                        DECLARATION + ": BagIt-Version '" + Shown.of(version) + "': want 1.0 (or 0.93 to 0.97)");
            var name = tags.get(1).value();
            try {
                encoding = Charset.forName(name);
            } catch (IllegalArgumentException e) {
                throw new BadPackageException(
                        DECLARATION + ": Tag-File-Character-Encoding '" + Shown.of(name)
                                + "' is not known: want UTF-8, or another of IANA's names",
                        e);
            }
        }

        /** What a bag wants fetched could be anything on any net: whoever sent it can send it whole. */
        private void refuseFetch() {
            var size = tree.files().get("fetch.txt");
            if (size != null && size > 0)
                throw new BadPackageException(
                        tree.name()
                                + " has a fetch.txt: nothing is ever fetched. Complete the bag, remove fetch.txt, then take it in");
        }

        /** By the manifest's name: digests by path. */
        private Map<String, Map<String, byte[]>> manifests(Pattern named) throws IOException {
            var manifests = new TreeMap<String, Map<String, byte[]>>();
            for (var path : tree.files().keySet()) {
                var name = named.matcher(path);
                if (!name.matches()) continue;
                var algorithm = name.group(1);
                if (!Fixity.ALGORITHMS.containsKey(algorithm.toLowerCase(Locale.ROOT)))
                    throw new BadPackageException(path + ": the algorithm '" + Shown.of(algorithm)
                            + "' is not known: want one of "
                            + Fixity.ALGORITHMS.keySet().stream().sorted().toList());
                manifests.put(path, manifest(path));
            }
            return manifests;
        }

        private Map<String, byte[]> manifest(String manifest) throws IOException {
            var digests = new HashMap<String, byte[]>();
            TagFile.lines(tree.open(manifest), encoding, manifest, (line, number) -> {
                if (line.isBlank()) return;
                var where = manifest + ", line " + number + ",";
                var parts = LINE.matcher(line);
                if (!parts.matches() || parts.group(1).length() % 2 == 1)
                    throw new BadPackageException(
                            where + " want a checksum in hex, blanks and a path, found '" + Shown.of(line) + "'");
                var digest = HexFormat.of().parseHex(parts.group(1));
                if (digests.put(listed(parts.group(2), where), digest) != null)
                    throw new BadPackageException(
                            where + " lists '" + Shown.of(parts.group(2)) + "' again: want each file once");
            });
            return digests;
        }

        private String listed(String written, String where) {
            var plain = written.startsWith("./") ? written.substring(2) : written;
            var path = PackagePath.ofManifest(plain, version.equals("1.0"));
            // some tools leave % as it is
            if (!tree.files().containsKey(path) && tree.files().containsKey(plain)) path = plain;
            return PackagePath.checked(path, where);
        }

        private void payloadOxum(Bag bag) {
            var told = bag.infos("Payload-Oxum");
            if (told.isEmpty()) return;
            var matcher = OXUM.matcher(told.get(0));
            if (told.size() > 1 || !matcher.matches())
                throw new BadPackageException(INFO + ": Payload-Oxum "
                        + told.stream().map(Shown::of).toList() + ": want one, as BYTES.FILES");
            long count = 0;
            long bytes = 0;
            for (var file : payloadFiles().entrySet()) {
                count++;
                bytes += file.getValue();
            }
            if (bytes != Long.parseLong(matcher.group(1)) || count != Long.parseLong(matcher.group(2)))
                throw new BadPackageException(INFO + ": Payload-Oxum expected " + told.get(0) + ", found " + bytes + "."
                        + count + " (bytes and files below data/); the bag is not whole, copy it again");
        }

        private Map<String, Long> payloadFiles() {
            return tree.files().subMap(PAYLOAD, true, "data0", false);
        }

        private void everyPayloadFileIsListed(Map<String, Map<String, byte[]>> manifests) {
            boolean every = version.equals("1.0");
            for (var path : payloadFiles().keySet()) {
                var without = manifests.entrySet().stream()
                        .filter(manifest -> !manifest.getValue().containsKey(path))
                        .map(Map.Entry::getKey)
                        .toList();
                if (without.size() == manifests.size() || every && !without.isEmpty())
                    throw new BadPackageException("'" + Shown.of(path) + "' is in the payload, but not listed in "
                            + String.join(", ", without)
                            + ": want every payload file there; remove it, or make the manifest again");
            }
        }

        private void nothingIsMissing(Map<String, Map<String, byte[]>> manifests) {
            manifests.forEach((manifest, listed) -> listed.keySet().stream()
                    .sorted()
                    .filter(path -> !tree.files().containsKey(path))
                    .findFirst()
                    .ifPresent(path -> {
                        throw new BadPackageException("'" + Shown.of(path) + "' is listed in " + manifest
                                + ", but not there; copy the bag again" + otherForm(path));
                    }));
        }

        /** File systems that change the normal form of names make this fault: say so. RFC 8493, section 6.1.1. */
        private String otherForm(String path) {
            var form = Normalizer.normalize(path, Normalizer.Form.NFC);
            return tree.files().keySet().stream()
                    .filter(there ->
                            Normalizer.normalize(there, Normalizer.Form.NFC).equals(form))
                    .findFirst()
                    .map(
                            there ->
                                    ". A file of the same name in another Unicode normal form is there: the names were changed on the way (NFC, NFD); pack the bag as a ZIP file before copying it")
                    .orElse("");
        }

        /** Reads each file once, whatever number of manifests lists it. */
        private void bytes(Map<String, Map<String, byte[]>> manifests) throws IOException {
            var listed = manifests.values().stream()
                    .flatMap(manifest -> manifest.keySet().stream())
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
            for (var path : listed) {
                var algorithms = new ArrayList<String>();
                manifests.forEach((manifest, digests) -> {
                    if (digests.containsKey(path)) algorithms.add(algorithm(manifest));
                });
                Fixity found;
                try (var in = tree.open(path)) {
                    found = Fixity.of(in, algorithms);
                }
                manifests.forEach((manifest, digests) -> {
                    var expected = digests.get(path);
                    if (expected != null
                            && !Arrays.equals(expected, found.digests().get(algorithm(manifest))))
                        throw new BadPackageException("'" + Shown.of(path) + "' is damaged: " + manifest + " expected "
                                + HexFormat.of().formatHex(expected) + ", found " + found.hex(algorithm(manifest))
                                + "; copy the bag again");
                });
            }
        }

        private static String algorithm(String manifest) {
            return manifest.substring(manifest.indexOf('-') + 1, manifest.length() - ".txt".length())
                    .toLowerCase(Locale.ROOT);
        }
    }
}
