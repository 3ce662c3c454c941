package org.thocam.ingest.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The lowest and highest sample of each stretch of a recording, in constant memory: when there are as many stretches as there may be, two
 * become one. BBC audiowaveform, doc/DataFormat.md, version 2, 8 bits, one channel.
 */
final class Peaks {
    static final int MOST = 20_000;
    private static final int FIRST = 256;

    private final byte[] lowest = new byte[MOST];
    private final byte[] highest = new byte[MOST];
    private int length;
    private int samplesEach = FIRST;
    private int low;
    private int high;
    private int samples;

    /** Reads signed 16 bit samples, little endian, until there are no more. */
    void take(InputStream in) throws IOException {
        var piece = new byte[32 << 10];
        int rest = 0;
        for (int n = in.read(piece, rest, piece.length - rest); n >= 0; n = in.read(piece, rest, piece.length - rest)) {
            int end = rest + n;
            int i = 0;
            for (; i + 1 < end; i += 2) take((short) (piece[i] & 0xFF | piece[i + 1] << 8));
            rest = end - i;
            if (rest == 1) piece[0] = piece[i];
        }
        if (samples > 0) stretch();
    }

    boolean isEmpty() {
        return length == 0;
    }

    private void take(short sample) {
        if (samples == 0) {
            low = sample;
            high = sample;
        } else {
            low = Math.min(low, sample);
            high = Math.max(high, sample);
        }
        if (++samples == samplesEach) stretch();
    }

    private void stretch() {
        if (length == MOST) {
            // what is under way is then half of a stretch, and goes on to be a whole one
            halve();
            if (samples < samplesEach) return;
        }
        lowest[length] = (byte) (low >> 8);
        highest[length] = (byte) (high >> 8);
        length++;
        samples = 0;
    }

    private void halve() {
        for (int i = 0; i < MOST / 2; i++) {
            lowest[i] = (byte) Math.min(lowest[2 * i], lowest[2 * i + 1]);
            highest[i] = (byte) Math.max(highest[2 * i], highest[2 * i + 1]);
        }
        length = MOST / 2;
        samplesEach *= 2;
    }

    void write(int sampleRate, OutputStream out) throws IOException {
        out.write(String.format(
                        Locale.ROOT,
                        "{\"version\":2,\"channels\":1,\"sample_rate\":%d,\"samples_per_pixel\":%d,\"bits\":8,\"length\":%d,\"data\":[",
                        sampleRate,
                        samplesEach,
                        length)
                .getBytes(StandardCharsets.US_ASCII));
        var line = new StringBuilder();
        for (int i = 0; i < length; i++) {
            if (i > 0) line.append(',');
            line.append(lowest[i]).append(',').append(highest[i]);
            if (line.length() > 8000 || i == length - 1) {
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
                line.setLength(0);
            }
        }
        out.write("]}".getBytes(StandardCharsets.US_ASCII));
    }
}
