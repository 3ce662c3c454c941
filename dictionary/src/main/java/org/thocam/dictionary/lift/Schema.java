package org.thocam.dictionary.lift;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/** What lift-0.13.rng asks of an element, read from {@link Shape}. An element that it does not know is named once, not what is in it. */
final class Schema {
    private static final Pattern DATE = Pattern.compile("(-?\\d{4,9})-(\\d\\d)-(\\d\\d)"
            + "(?:T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?)?"
            + "(?:Z|[+-](?:0\\d|1[0-3]):[0-5]\\d|[+-]14:00)?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern URI = Pattern.compile("(?:[^%\\x00-\\x20\\x7F\"<>\\\\^`{|}]|%[0-9A-Fa-f]{2})*+");
    private static final Pattern DRIVE = Pattern.compile("(?i)file://[a-z]:.*");

    /** Told what is wrong, and with which element. */
    interface Faults {
        void fault(LiftProblem.Code code, XmlElement at, String message);
    }

    private Schema() {}

    static void check(XmlElement element, Shape shape, Faults faults) {
        attributes(element, shape, faults);
        if (hasText(element)) wrong(element, "want no text directly in <" + element.name + ">", faults);
        children(element, shape, faults);
    }

    private static void attributes(XmlElement element, Shape shape, Faults faults) {
        for (var attribute : element.attributes) {
            var name = attribute.name();
            if (name.equals("xmlns") && !attribute.value().isEmpty())
                wrong(element, "want <" + element.name + "> in no namespace", faults);
            if (name.equals("xmlns") || name.startsWith("xmlns:")) continue;
            var known = shape.attributeOf(name);
            if (known.isEmpty())
                wrong(element, "attribute " + shown(name) + " of <" + element.name + "> is not known", faults);
            else value(element, known.get(), attribute.value(), faults);
        }
        for (var member : shape.members())
            if (member instanceof Shape.Attribute attribute
                    && attribute.required()
                    && element.attribute(attribute.xml()).isEmpty())
                wrong(element, "want an attribute '" + attribute.xml() + "' in <" + element.name + ">", faults);
    }

    private static void value(XmlElement element, Shape.Attribute attribute, String value, Faults faults) {
        var place = attribute.xml() + " of <" + element.name + ">: want ";
        switch (attribute.value()) {
            case TEXT -> {
                // whatever it is
            }
            case DATE -> {
                if (!isDate(value.strip()))
                    wrong(
                            element,
                            place + "a date, such as 2008-04-01 or 2008-04-01T09:30:00Z, found " + shown(value),
                            faults);
            }
            case INTEGER -> {
                if (!INTEGER.matcher(value.strip()).matches())
                    wrong(element, place + "a whole number, found " + shown(value), faults);
            }
            case URI -> {
                if (DRIVE.matcher(value).matches())
                    faults.fault(
                            LiftProblem.Code.URI_NOT_RFC,
                            element,
                            place + "a URI (RFC 3986), found the drive letter as its host: " + shown(value));
                else if (!URI.matcher(value.strip()).matches())
                    faults.fault(
                            LiftProblem.Code.URI_NOT_RFC,
                            element,
                            place + "a URI (RFC 3986), with blanks as %20, found " + shown(value));
            }
        }
    }

    static boolean isDate(String text) {
        if (text.length() > 60) return false;
        var found = DATE.matcher(text);
        if (!found.matches()) return false;
        int year = Integer.parseInt(found.group(1));
        if (year == 0 || found.group(1).matches("-?0\\d{4,}")) return false;
        try {
            LocalDate.of(year, Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void children(XmlElement element, Shape shape, Faults faults) {
        var once = new HashSet<String>();
        for (var child : element.children()) {
            var member = shape.memberOf(child.name);
            if (member.isEmpty()) {
                wrong(child, "element " + shown(child.name) + " in <" + element.name + "> is not known", faults);
                continue;
            }
            var kind = member.get();
            boolean repeated = kind instanceof Shape.Forms || kind instanceof Shape.Many;
            if (!repeated && !once.add(child.name))
                wrong(child, "want one <" + child.name + "> in <" + element.name + ">, found another", faults);
            if (kind instanceof Shape.Written) written(child, faults);
            else check(child, shapeOf(kind), faults);
        }
        if (shape.memberOf("text").isPresent() && element.child("text").isEmpty())
            wrong(element, "want a <text> in <" + element.name + ">", faults);
    }

    static Shape shapeOf(Shape.Member member) {
        if (member instanceof Shape.Forms) return Shape.FORM;
        if (member instanceof Shape.Multitext) return Shape.MULTITEXT;
        if (member instanceof Shape.One one) return one.shape();
        if (member instanceof Shape.Many many) return many.shape();
        throw new IllegalArgumentException(member.json() + " is no element of its own");
    }

    private static void written(XmlElement text, Faults faults) {
        attributes(text, Shape.MULTITEXT, faults);
        spans(text, faults);
    }

    private static void spans(XmlElement text, Faults faults) {
        for (var child : text.children()) {
            if (!child.name.equals("span")) {
                wrong(child, "want only <span> in <" + text.name + ">, found " + shown(child.name), faults);
                continue;
            }
            attributes(child, Shape.SPAN, faults);
            spans(child, faults);
        }
    }

    /** Anything but XML's own white space. */
    static boolean hasText(XmlElement element) {
        return element.content.stream()
                .anyMatch(part -> part instanceof XmlElement.Text text
                        && text.text().chars().anyMatch(c -> c != ' ' && c != '\n' && c != '\r' && c != '\t'));
    }

    private static void wrong(XmlElement at, String message, Faults faults) {
        faults.fault(LiftProblem.Code.SCHEMA, at, message);
    }

    private static String shown(String text) {
        return "'" + Shown.of(text) + "'";
    }
}
