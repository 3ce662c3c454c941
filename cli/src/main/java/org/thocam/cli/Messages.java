package org.thocam.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the commands say to a person, in Vietnamese or English. */
final class Messages {
    private final ResourceBundle texts;
    private final Locale locale;

    Messages(Locale locale) {
        this.locale = locale.getLanguage().equals("vi") ? locale : Locale.ENGLISH;
        this.texts = ResourceBundle.getBundle(
                "org.thocam.cli.messages",
                this.locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    boolean isVietnamese() {
        return locale.getLanguage().equals("vi");
    }

    String say(String key, Object... values) {
        return new MessageFormat(texts.getString(key), locale).format(values);
    }
}
