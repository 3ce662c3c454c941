package org.thocam.ontology.transcript;

/** The formats that are read. */
public enum Format {
    EAF("text/x-eaf+xml"),
    TEXTGRID("text/praat-textgrid"),
    FLEXTEXT("application/x-flextext+xml"),
    TOOLBOX("text/x-toolbox-text"),
    CHAT("text/x-chat"),
    TRANSCRIBER("text/x-trs"),
    EXMARALDA("application/x-exmaralda+xml"),
    SRT("application/x-subrip"),
    WEBVTT("text/vtt"),
    /** Pages: what was read off a picture, with the place of each line. */
    HOCR("text/vnd.hocr+html");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    /** As CLARIN's archives name it, or IANA where it is registered. */
    public String mediaType() {
        return mediaType;
    }
}
