package org.thocam.ontology.transcript;

/** The formats that are read. */
public enum Format {
    EAF,
    TEXTGRID,
    FLEXTEXT,
    TOOLBOX,
    CHAT,
    TRANSCRIBER,
    EXMARALDA,
    SRT,
    WEBVTT,
    /** Pages: what was read off a picture, with the place of each line. */
    HOCR
}
