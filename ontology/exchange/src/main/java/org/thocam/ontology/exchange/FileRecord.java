package org.thocam.ontology.exchange;

/** What became of one record of a file of records. */
public sealed interface FileRecord {
    /** Which record of the file it is, from 1. */
    long number();

    /** Where it begins: the byte in the file (MARC), the line (text formats), or the line of XML; from 0 for bytes, else from 1. */
    long offset();

    /**
     * @param name what its own library calls it, the same whenever the file is made again, such as {@code (VN-HaTV)000012345}; empty where
     *     the record does not say
     */
    record Described(long number, long offset, String name, Description description) implements FileRecord {}

    record Faulty(long number, long offset, String reason) implements FileRecord {}
}
