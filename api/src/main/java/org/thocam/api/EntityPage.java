package org.thocam.api;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.thocam.api.CurrentEntities.View;
import org.thocam.ontology.calendar.Exactness;
import org.thocam.ontology.calendar.VietnameseCalendar;
import org.thocam.ontology.entity.Column;
import org.thocam.ontology.entity.Confidence;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Name;

/** The page of an entity for people. Whatever stands in the tables is escaped: anybody with an editor's token may have written it. */
record EntityPage(View view, Entity entity, ShownEntity shown) {
    private static final int MOST_FIGURES = 70;
    private static final int MOST_LINKS = 200;

    private static final Map<EntityKind, String[]> KINDS = Map.of(
            EntityKind.PEOPLE, new String[] {"Dân tộc", "Peoples"},
            EntityKind.LANGUAGE, new String[] {"Ngôn ngữ", "Languages"},
            EntityKind.SCRIPT, new String[] {"Chữ viết", "Scripts"},
            EntityKind.ORTHOGRAPHY, new String[] {"Cách viết", "Orthographies"},
            EntityKind.PLACE, new String[] {"Địa danh", "Places"},
            EntityKind.FESTIVAL, new String[] {"Lễ hội", "Festivals"},
            EntityKind.CRAFT, new String[] {"Nghề, nhạc cụ, món ăn", "Crafts, instruments, foods"},
            EntityKind.CUSTOM, new String[] {"Phong tục", "Customs"},
            EntityKind.HERITAGE, new String[] {"Di sản được ghi danh", "Heritage inscriptions"});

    private static final Map<String, String[]> COLUMNS = Map.ofEntries(
            Map.entry("peoples", new String[] {"Dân tộc", "Peoples"}),
            Map.entry("languages", new String[] {"Ngôn ngữ", "Languages"}),
            Map.entry("scripts", new String[] {"Chữ viết", "Scripts"}),
            Map.entry("language", new String[] {"Ngôn ngữ", "Language"}),
            Map.entry("script", new String[] {"Chữ viết", "Script"}),
            Map.entry("provinces_63", new String[] {"Tỉnh (đến 30/6/2025)", "Province until 30 June 2025"}),
            Map.entry("provinces_34", new String[] {"Tỉnh (từ 1/7/2025)", "Province since 1 July 2025"}),
            Map.entry("part_of", new String[] {"Thuộc", "Part of"}),
            Map.entry("merged_into", new String[] {"Nhập vào", "Merged into"}),
            Map.entry("formed_from", new String[] {"Hợp thành từ", "Formed from"}),
            Map.entry("overlaps", new String[] {"Trên địa bàn", "Overlaps"}),
            Map.entry("same_as", new String[] {"Là", "Is about"}),
            Map.entry("place_text", new String[] {"Nơi", "Where"}),
            Map.entry("valid_from", new String[] {"Từ ngày", "From"}),
            Map.entry("valid_to", new String[] {"Đến hết ngày", "Until the end of"}),
            Map.entry("valid_period", new String[] {"Thời kỳ", "Period"}),
            Map.entry("family", new String[] {"Ngữ hệ", "Family"}),
            Map.entry("branch", new String[] {"Nhánh", "Branch"}),
            Map.entry("official_language_group", new String[] {"Nhóm ngôn ngữ (chính thức)", "Official group"}),
            Map.entry("date_text", new String[] {"Thời gian", "When"}),
            Map.entry("calendar", new String[] {"Lịch", "Calendar"}),
            Map.entry("date_rule", new String[] {"Quy tắc ngày", "Date rule"}),
            Map.entry("category", new String[] {"Loại", "Category"}),
            Map.entry("domain", new String[] {"Lĩnh vực", "Domain"}),
            Map.entry("material_technique", new String[] {"Chất liệu, kỹ thuật", "Material and technique"}),
            Map.entry("list", new String[] {"Danh mục", "List"}),
            Map.entry("inscription_list", new String[] {"Danh mục di sản", "Heritage list"}),
            Map.entry("inscription_year", new String[] {"Năm ghi danh", "Year of inscription"}),
            Map.entry("year_inscribed", new String[] {"Năm ghi danh", "Year of inscription"}),
            Map.entry("decision", new String[] {"Quyết định", "Decision"}),
            Map.entry("inscription_decision", new String[] {"Quyết định", "Decision"}));

    private static final Map<Exactness, String> EXACTNESS = Map.of(
            Exactness.DAY, "đúng ngày · <span lang=\"en\">exact day</span>",
            Exactness.TOLERANCE_1, "có thể lệch một ngày · <span lang=\"en\">may be a day off</span>",
            Exactness.MONTH, "chỉ biết tháng · <span lang=\"en\">month only</span>",
            Exactness.ATTESTED, "theo nguồn ghi lại · <span lang=\"en\">attested by a source</span>",
            Exactness.ESTIMATED, "ước tính · <span lang=\"en\">estimated</span>",
            Exactness.UNKNOWN, "không rõ · <span lang=\"en\">unknown</span>");

    String title() {
        return entity.label() + " – Thocam";
    }

    String head() {
        return "<link rel=\"alternate\" type=\"application/ld+json\" href=\"%s.jsonld\">\n<link rel=\"alternate\" type=\"text/turtle\" href=\"%s.ttl\">\n<link rel=\"canonical\" href=\"/entities/%s\">\n"
                .formatted(address(), address(), entity.id());
    }

    private String address() {
        return Html.escaped(ShownEntity.address(entity.id()));
    }

    String body(LocalDate today, EntityMentions.Page mentions) {
        var body = new StringBuilder("<article>\n");
        body.append("<p>").append(both(KINDS.get(entity.kind()))).append("</p>\n");
        title(body);
        names(body);
        if (!entity.text("description_en").isEmpty())
            body.append("<p lang=\"en\">")
                    .append(Html.escaped(entity.text("description_en")))
                    .append("</p>\n");
        facts(body);
        if (entity.kind() == EntityKind.FESTIVAL) dates(body, today);
        census(body);
        pointing(body);
        named(body, mentions);
        sources(body);
        downloads(body);
        return body.append("</article>\n").toString();
    }

    private void title(StringBuilder body) {
        var vi = entity.text("name_vi");
        body.append("<h1")
                .append(vi.isEmpty() ? " lang=\"en\"" : "")
                .append(" dir=\"auto\">")
                .append(Html.escaped(entity.label()))
                .append("</h1>\n");
        if (!vi.isEmpty() && !entity.text("name_en").isEmpty())
            body.append("<p lang=\"en\">")
                    .append(Html.escaped(entity.label("en")))
                    .append("</p>\n");
    }

    /** Every name in its own script; dated names are not told here at all. */
    private void names(StringBuilder body) {
        body.append("<dl>\n");
        var language = entity.kind() == EntityKind.LANGUAGE
                ? entity.list("bcp47").stream().findFirst().orElse(entity.text("iso639_3"))
                : "";
        row(body, "Tự gọi", "Own name", shown.names(Name.Use.AUTONYM), language);
        row(body, "Tên khác", "Other names", shown.names(Name.Use.OTHER), "");
        row(body, "Nhóm địa phương", "Groups", shown.names(Name.Use.SUBGROUP), "");
        body.append("</dl>\n");
    }

    private static void row(
            StringBuilder body, String vietnamese, String english, List<String> values, String language) {
        if (values.isEmpty()) return;
        body.append("<dt>").append(both(new String[] {vietnamese, english})).append("</dt>");
        for (var value : values)
            body.append("<dd dir=\"auto\"")
                    .append(language.isEmpty() ? "" : " lang=\"" + Html.escaped(language) + '"')
                    .append('>')
                    .append(Html.escaped(value))
                    .append("</dd>");
        body.append('\n');
    }

    private static String both(String[] names) {
        return names[0] + " <span lang=\"en\">(" + names[1] + ")</span>";
    }

    private void facts(StringBuilder body) {
        body.append("<dl>\n");
        for (var column : entity.kind().columns()) {
            var title = COLUMNS.get(column.name());
            if (title == null || entity.text(column.name()).isEmpty()) continue;
            body.append("<dt>").append(both(title)).append("</dt>");
            if (column.points()) links(body, entity.list(column.name()), "dd");
            else
                body.append("<dd dir=\"auto\">")
                        .append(Html.escaped(entity.text(column.name()).replace(";", "; ")))
                        .append("</dd>");
            body.append(doubt(column)).append('\n');
        }
        var around = view.containment().around(entity.id());
        if (!around.isEmpty()) {
            body.append("<dt>")
                    .append(both(new String[] {"Nằm trong", "Lies within"}))
                    .append("</dt>");
            links(body, around, "dd");
        }
        var today = shown.units();
        if (!today.isEmpty()) {
            body.append("<dt>")
                    .append(both(new String[] {"Nay thuộc", "Today"}))
                    .append("</dt>");
            links(body, today, "dd");
        }
        entity.point().ifPresent(point -> body.append("<dt>")
                .append(both(new String[] {"Tọa độ", "Coordinates"}))
                .append("</dt><dd>")
                .append(point.lat())
                .append(", ")
                .append(point.lon())
                .append(" <a href=\"")
                .append(address())
                .append(".geojson\">GeoJSON</a>")
                .append(
                        entity.text("coord_basis").isEmpty()
                                ? ""
                                : " <small lang=\"en\">" + Html.escaped(entity.text("coord_basis")) + "</small>")
                .append("</dd>\n"));
        body.append("</dl>\n");
    }

    private String doubt(Column column) {
        return entity.confidence(column.name()) == Confidence.RECALLED && !column.points()
                ? "<dd><small>chưa đối chiếu nguồn · <span lang=\"en\">not checked against a source</span></small></dd>"
                : "";
    }

    private void links(StringBuilder body, Collection<String> ids, String element) {
        for (var id : ids.stream().limit(MOST_LINKS).toList())
            body.append('<')
                    .append(element)
                    .append('>')
                    .append(link(view, id))
                    .append("</")
                    .append(element)
                    .append(">");
    }

    static String link(View view, String id) {
        return "<a href=\"/entities/" + Html.escaped(id) + "\">"
                + Html.escaped(view.register().label(id)) + "</a>";
    }

    private void dates(StringBuilder body, LocalDate today) {
        body.append("<section><h2>Ngày tổ chức <span lang=\"en\">· When it is held</span></h2>\n");
        var from = today.withDayOfYear(1);
        var held = FestivalDays.of(entity, from, from.plusYears(2).minusDays(1));
        if (held.isEmpty()) body.append("<p>Chưa rõ ngày. <span lang=\"en\">The days are not known.</span></p>\n");
        else {
            body.append(
                    "<table><thead><tr><th scope=\"col\">Dương lịch <span lang=\"en\">· Gregorian</span></th><th scope=\"col\">Âm lịch <span lang=\"en\">· lunar</span></th><th scope=\"col\">Độ chính xác <span lang=\"en\">· Exactness</span></th></tr></thead><tbody>\n");
            for (var one : held) {
                body.append("<tr><td><time datetime=\"")
                        .append(one.from())
                        .append("\">")
                        .append(one.from())
                        .append("</time>");
                if (!one.to().equals(one.from()))
                    body.append(" – <time datetime=\"")
                            .append(one.to())
                            .append("\">")
                            .append(one.to())
                            .append("</time>");
                body.append("</td><td>").append(lunar(one.from()));
                if (!one.to().equals(one.from())) body.append(" – ").append(lunar(one.to()));
                body.append("</td><td>").append(EXACTNESS.get(one.exactness()));
                if (!one.note().isEmpty())
                    body.append(" <small>").append(Html.escaped(one.note())).append("</small>");
                body.append("</td></tr>\n");
            }
            body.append("</tbody></table>\n");
        }
        body.append("</section>\n");
    }

    private static String lunar(LocalDate day) {
        if (day.isBefore(FestivalDays.FIRST) || day.isAfter(FestivalDays.LAST)) return "";
        var date = VietnameseCalendar.of(day);
        return "%d/%d%s/%d".formatted(date.day(), date.month(), date.leap() ? " nhuận" : "", date.year());
    }

    private void census(StringBuilder body) {
        boolean people = entity.kind() == EntityKind.PEOPLE;
        if (!people && entity.kind() != EntityKind.PLACE) return;
        var years = view.census().years();
        if (years.isEmpty()) return;
        int last = years.stream().mapToInt(year -> year).max().orElseThrow();
        var figures = people
                ? view.census().ofPeople(entity.id(), OptionalInt.of(last)).stream()
                        .sorted(java.util.Comparator.comparing(
                                one -> -one.observation().persons()))
                        .toList()
                : view.census().ofPlace(entity.id(), OptionalInt.of(last));
        if (figures.isEmpty()) return;
        body.append("<section><h2>Dân số ")
                .append(last)
                .append(" <span lang=\"en\">· Census ")
                .append(last)
                .append("</span></h2>\n<table><thead><tr><th scope=\"col\">")
                .append(people ? "Nơi <span lang=\"en\">· Place</span>" : "Dân tộc <span lang=\"en\">· People</span>")
                .append(
                        "</th><th scope=\"col\">Số người <span lang=\"en\">· Persons</span></th></tr></thead><tbody>\n");
        for (var figure : figures.stream().limit(MOST_FIGURES).toList()) {
            var one = figure.observation();
            body.append("<tr><th scope=\"row\">")
                    .append(link(view, people ? one.place() : one.people()))
                    .append(
                            people || one.place().equals(entity.id())
                                    ? ""
                                    : " <small>" + link(view, one.place()) + "</small>")
                    .append("</th><td>")
                    .append(String.format(Locale.ROOT, "%,d", one.persons()).replace(',', '.'))
                    .append(
                            one.status().equals("derived")
                                    ? " <small>cộng gộp · <span lang=\"en\">added up</span></small>"
                                    : "")
                    .append("</td></tr>\n");
        }
        body.append("</tbody></table>\n<p><a href=\"/api/v1/statistics?")
                .append(people ? "people=" : "place=")
                .append(entity.id())
                .append("\">JSON</a></p></section>\n");
    }

    private void pointing(StringBuilder body) {
        var by = shown.pointedToBy();
        if (by.isEmpty()) return;
        body.append("<section><h2>Liên quan <span lang=\"en\">· Related</span></h2>\n");
        by.forEach((kind, ids) -> {
            body.append("<h3>").append(both(KINDS.get(kind))).append("</h3>\n<ul>\n");
            links(body, ids, "li");
            body.append("</ul>\n");
        });
        body.append("</section>\n");
    }

    private void named(StringBuilder body, EntityMentions.Page mentions) {
        if (mentions.total() == 0) return;
        body.append("<section><h2>Được nhắc tới trong ")
                .append(mentions.total())
                .append(" mục <span lang=\"en\">· Mentioned in ")
                .append(mentions.total())
                .append(" items</span></h2>\n<ul>\n");
        for (var item : mentions.items()) {
            var title = item.path("title").properties().iterator();
            var text = title.hasNext()
                    ? title.next().getValue().asText()
                    : item.path("id").asText();
            body.append("<li><a dir=\"auto\" href=\"/items/")
                    .append(Html.escaped(item.path("id").asText()))
                    .append("\">")
                    .append(Html.escaped(text))
                    .append("</a></li>\n");
        }
        body.append("</ul>\n");
        if (mentions.next().isPresent())
            body.append("<p><a href=\"").append(address()).append("/mentions\">JSON</a></p>\n");
        body.append("</section>\n");
    }

    private void sources(StringBuilder body) {
        body.append("<section><h2>Nguồn <span lang=\"en\">· Sources</span></h2>\n<p>")
                .append(
                        switch (entity.confidence()) {
                            case CHECKED2 ->
                                "Đã đối chiếu hai nguồn. <span lang=\"en\">Checked against two sources.</span>";
                            case CHECKED1 ->
                                "Đã đối chiếu một nguồn. <span lang=\"en\">Checked against one source.</span>";
                            case RECALLED ->
                                "Chưa đối chiếu nguồn. <span lang=\"en\">General knowledge, to be checked.</span>";
                        })
                .append("</p>\n<ul>\n");
        for (var source : entity.sources()) {
            body.append("<li>");
            if (source.startsWith("https://") || source.startsWith("http://"))
                body.append("<a rel=\"nofollow\" href=\"")
                        .append(Html.escaped(source))
                        .append("\">")
                        .append(Html.escaped(source))
                        .append("</a>");
            else body.append("<code>").append(Html.escaped(source)).append("</code>");
            body.append("</li>\n");
        }
        body.append("</ul></section>\n");
    }

    private void downloads(StringBuilder body) {
        body.append("<section><h2>Tải dữ liệu <span lang=\"en\">· As data</span></h2>\n<p>");
        for (var format : EntityFormat.values())
            if (format != EntityFormat.GEOJSON || entity.point().isPresent())
                body.append("<a rel=\"nofollow\" href=\"")
                        .append(address())
                        .append('.')
                        .append(format.ending)
                        .append("\">")
                        .append(format.ending)
                        .append("</a> ");
        body.append("· <a href=\"")
                .append(address())
                .append("/history\">lịch sử sửa đổi <span lang=\"en\">(history)</span></a></p></section>\n");
    }

    /** On the page of an item: what it names, each once. */
    static String namedIn(View view, Collection<String> entities) {
        if (entities.isEmpty()) return "";
        var body = new StringBuilder("<section><h2>Nhắc tới <span lang=\"en\">· Mentions</span></h2>\n<ul>\n");
        entities.stream()
                .filter(id -> view.register().find(id).isPresent())
                .limit(MOST_LINKS)
                .forEach(id -> body.append("<li>").append(link(view, id)).append("</li>\n"));
        return body.append("</ul></section>\n").toString();
    }
}
