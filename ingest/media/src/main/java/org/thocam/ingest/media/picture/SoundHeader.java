package org.thocam.ingest.media.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** What the JDK reads of WAV, AIFF and AU: for machines without ffprobe. */
final class SoundHeader {
    private SoundHeader() {}

    static Map<String, String> of(Path file) throws IOException {
        try {
            var header = AudioSystem.getAudioFileFormat(file.toFile());
            var format = header.getFormat();
            var words = new LinkedHashMap<String, String>();
            words.put("format", header.getType().getExtension());
            words.put("codec", format.getEncoding().toString());
            if (format.getSampleRate() > 0) words.put("sampleRate", String.valueOf((int) format.getSampleRate()));
            if (format.getChannels() > 0) words.put("channels", String.valueOf(format.getChannels()));
            if (format.getSampleSizeInBits() > 0) words.put("bits", String.valueOf(format.getSampleSizeInBits()));
            if (header.getFrameLength() > 0 && format.getFrameRate() > 0)
                words.put(
                        "durationMillis",
                        String.valueOf(Math.round(header.getFrameLength() * 1000.0 / format.getFrameRate())));
            return words;
        } catch (UnsupportedAudioFileException e) {
            throw Refusal.unsupported("only WAV, AIFF and AU are read without ffprobe");
        }
    }
}
