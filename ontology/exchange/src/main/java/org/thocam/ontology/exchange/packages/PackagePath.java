package org.thocam.ontology.exchange.packages;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/** Paths in a package as a manifest, a ZIP directory or a crate writes them: always below the package. RFC 8493, section 5.1. */
final class PackagePath {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final int LONGEST = 4_096;

    private PackagePath() {}

    /**
     * @param where who names it, as the message begins
     * @throws BadPackageException if it leads out of the package, or might on some system
     */
    static String checked(String path, String where) {
        boolean out = path.isEmpty()
                || path.length() > LONGEST
                || path.startsWith("/")
                || path.startsWith("~")
                || path.indexOf('\\') >= 0
                || path.indexOf('\0') >= 0
                || DRIVE.matcher(path).matches()
                || Arrays.stream(path.split("/", -1))
                        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (out)
            throw new BadPackageException(
                    where + " names the path '" + Shown.of(path)
                            + "': want one of at most " + LONGEST
                            + " characters that stays inside the package, with / between folders and without . .. \\ or a leading / or ~");
        if (path.indexOf('\uFFFD') >= 0)
            throw new BadPackageException(
                    where + " names the path '" + Shown.of(path) + "', which is no UTF-8; rename the file");
        return path;
    }

    /** In a manifest CR, LF and % are percent-encoded, and nothing else. RFC 8493, section 2.1.3. */
    static String inManifest(String path) {
        return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** @param percent whether % is encoded too, as it is since BagIt 1.0 */
    static String ofManifest(String path, boolean percent) {
        var plain = path.replaceAll("%0[Dd]", "\r").replaceAll("%0[Aa]", "\n");
        return percent ? plain.replace("%25", "%") : plain;
    }
}
