package org.thocam.ontology.linking;
import java.nio.file.*; import java.util.*; import org.thocam.ontology.entity.*;
class Probe {
    public static void main(String[] a) throws Exception {
        var register = Judged.register(); var linker = Linker.of(register);
        if (a.length > 0) { for (var line : Files.readAllLines(Path.of(a[0]))) { var c = line.split("\t");
            System.out.println(c[1]); for (var m : linker.mentions(Judged.item("p","1",c[0]), c[1])) if (m.field().equals("text")) System.out.println("   " + m.text()+" "+m.entity()+" "+register.label(m.entity())+" "+m.confidence()+" "+m.reasons()); } return; }
        int n=0, ok=0;
        for (var e : register.all()) {
            var t = new LinkedHashMap<String,String>();
            String vi=e.text("name_vi").replaceAll("\\s*\\([^)]*\\)","").split(";")[0], en=e.text("name_en").replaceAll("\\s*\\([^)]*\\)","").split(";")[0];
            String lo=vi.isEmpty()?"":vi.substring(0,1).toLowerCase()+vi.substring(1);
            switch(e.kind()) {
              case PEOPLE -> { t.put("Người "+vi+" làm nương trên núi cao.","vi"); t.put("Các cụ già thuộc dân tộc "+vi+" kể chuyện.","vi"); t.put("Đám cưới "+vi+" kéo dài ba ngày.","vi"); t.put("The "+en+" live in small villages.","en"); t.put(en+" people keep this custom.","en"); t.put("Nguoi "+Keys.fold(vi)+" lam nuong tren nui.","vi"); }
              case LANGUAGE -> { t.put("Cụ già nói "+vi+" với cháu.","vi"); }
              case PLACE -> { t.put("Chúng tôi đến "+vi+" vào buổi sáng.","vi"); t.put("They came to "+en+" in the morning.","en"); t.put("Chung toi den "+Keys.fold(vi)+" vao buoi sang.","vi"); }
              case FESTIVAL, CRAFT, CUSTOM, HERITAGE -> { t.put("Năm nay "+lo+" thu hút nhiều khách.","vi"); t.put("Nam nay "+Keys.fold(lo)+" thu hut nhieu khach.","vi"); t.put("Visitors like the "+en+" very much.","en"); }
              default -> {}
            }
            var want = e.list("same_as").isEmpty()?e.id():e.list("same_as").get(0);
            for (var x : t.entrySet()) { n++; var ms=linker.mentions(Judged.item("p","1",x.getValue()), x.getKey()).stream().filter(m->m.field().equals("text")).toList();
              boolean hit=ms.stream().anyMatch(m->m.entity().equals(want) || want.startsWith("P34") && register.label(m.entity()).equals(register.label(want)));
              boolean other=ms.stream().anyMatch(m->!m.entity().equals(want));
              if(hit) ok++; else System.out.println((ms.isEmpty()?"MISS ":"WRONG ")+want+" "+x.getKey()+"  -> "+ms.stream().map(m->m.text()+"="+m.entity()).toList()); }
        }
        System.out.println(ok+" of "+n);
    }
}
