package org.thocam.ingest.media.picture;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * A process that reads pictures, one after another, for the engine: requests on standard input, answers on standard output. It ends when
 * its input does, also in the middle of a picture, so it outlives nobody. A picture can hang or kill it and nothing else.
 */
public final class PictureChild {
    /** What the engine sends: the number of words, then the words. What it gets: a state, a reason, the number of pairs, the pairs. */
    private PictureChild() {}

    public static void main(String[] arguments) throws Exception {
        var answers = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        // what a library prints is not an answer
        System.setOut(System.err);
        Readers.ours();
        var requests = new ArrayBlockingQueue<List<String>>(1);
        var listening = new Thread(() -> listen(requests), "requests");
        listening.setDaemon(true);
        listening.start();
        while (true) {
            var request = requests.take();
            Answer answer;
            try {
                answer = new Answer("ok", "", answered(request));
            } catch (Refusal e) {
                answer = new Answer(e.state(), String.valueOf(e.getMessage()), Map.of());
            } catch (IOException | RuntimeException | StackOverflowError e) {
                answer = new Answer("broken", plain(e), Map.of());
            }
            answer.send(answers);
        }
    }

    private static void listen(ArrayBlockingQueue<List<String>> requests) {
        try {
            var in = new DataInputStream(System.in);
            while (true) {
                int size = in.readInt();
                var words = new ArrayList<String>(size);
                for (int i = 0; i < size; i++) words.add(in.readUTF());
                requests.put(words);
            }
        } catch (EOFException e) {
            Runtime.getRuntime().halt(0);
        } catch (IOException | InterruptedException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static Map<String, String> answered(List<String> request) throws IOException {
        var original = Path.of(request.get(1));
        return switch (request.get(0)) {
            case "describe" -> Header.of(original).words();
            case "sound" -> SoundHeader.of(original);
            case "thumbnail" ->
                Thumbnail.make(
                        original,
                        Path.of(request.get(2)),
                        Integer.parseInt(request.get(3)),
                        Long.parseLong(request.get(4)));
            case "tiles" ->
                Tiles.make(
                        original,
                        Path.of(request.get(2)),
                        Integer.parseInt(request.get(3)),
                        Long.parseLong(request.get(4)));
            default -> throw new IllegalArgumentException("no request '" + request.get(0) + "'");
        };
    }

    private static String plain(Throwable fault) {
        var said = fault.getMessage();
        return said == null || said.isBlank() ? fault.getClass().getSimpleName() : said;
    }

    private record Answer(String state, String reason, Map<String, String> words) {
        void send(DataOutputStream out) throws IOException {
            out.writeUTF(state);
            out.writeUTF(reason.length() > 2000 ? reason.substring(0, 2000) : reason);
            out.writeInt(words.size());
            for (var word : new LinkedHashMap<>(words).entrySet()) {
                out.writeUTF(word.getKey());
                out.writeUTF(word.getValue());
            }
            out.flush();
        }
    }
}
