package org.thocam.api.sru;

/**
 * Who we are to clients. ZeeRex 2.0.
 *
 * @param domain the repository identifier in {@code oai:DOMAIN:id}
 */
public record SruServer(String name, String domain, String adminEmail) {}
