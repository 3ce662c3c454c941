#!/usr/bin/env python3
"""Made records for benchmarks: made_items.py NUMBER > items.jsonl. The same number gives the same records.

Titles and descriptions are made of real words of six writing systems; nothing in them means anything."""
import json
import random
import sys

WORDS = {
    "vi": "thổ cẩm lễ hội mùa xuân bản làng nương rẫy cồng chiêng nhà sàn trang phục hoa văn khăn piêu điệu xòe hát then đàn tính".split(),
    "blt-Tavt": "ꪹꪣꪉ ꪼꪕ ꪒꪾ ꪙꪾ꫁ ꪋ꫁ꪱꪉ ꪖ꫁ꪱꪥ ꪕꪴ꪿ꪉ ꪠ꫁ꪱ ꪒꪲꪙ ꪵꪙ꫁".split(),
    "cjm-Cham": "ꨚꨣꨳꩀ ꨌꩌ ꨀꨇꨉ ꨨꨴꨬ ꨝꨰ ꨓꨪꨆꩀ".split(),
    "km": "ទន្លេ សាលា ភូមិ បុណ្យ ស្រូវ ផ្ទះ ភាសា".split(),
    "lo": "ເມືອງ ນ້ຳ ເຂົ້າ ບ້ານ ຜ້າ ໄໝ".split(),
    "rad": "hmei êkei buôn sang hra knŭk čing ktang".split(),
}
PEOPLE = {"vi": "EG02", "blt-Tavt": "EG03", "cjm-Cham": "EG14", "km": "EG05", "lo": "EG25", "rad": "EG12"}
TYPES = ["Text", "Text", "Text", "Sound", "StillImage", "MovingImage", "Dataset"]
PLACES = [("bản Áng, huyện Mộc Châu, tỉnh Sơn La", 20.83, 104.69), ("huyện Quỳnh Nhai, tỉnh Sơn La", 21.6436, 103.6619),
          ("các làng Chăm ở Ninh Thuận cũ", 11.5273, 108.9542), ("thị xã Nghĩa Lộ, tỉnh Yên Bái cũ", 21.5935, 104.4813),
          ("huyện Tam Đường, tỉnh Lai Châu", 22.2846, 103.6973), ("buôn Đôn, tỉnh Đắk Lắk", 12.9, 107.79)]


def words(r, tag, n):
    return " ".join(r.choice(WORDS[tag]) for _ in range(n))


for n in range(int(sys.argv[1])):
    r = random.Random(n)
    tag = r.choice(list(WORDS))
    place = r.choice(PLACES)
    title = {"vi": words(r, "vi", 5).capitalize() + " %d" % n}
    if tag != "vi":
        title[tag] = words(r, tag, 3)
    item = {
        "id": "made-%06d" % n, "title": title, "type": r.choice(TYPES), "language": [tag] + (["vi"] if tag != "vi" else []),
        "description": {"vi": words(r, "vi", 40)}, "creator": ["Người kể %d" % (n % 97)], "date": str(1950 + n % 70),
        "people": [PEOPLE[tag]], "place": {"name": place[0], "lat": place[1], "lon": place[2]},
        "rights": "https://creativecommons.org/licenses/by/4.0/", "sets": ["made:%d" % (n % 20)],
        "identifiers": ["https://example.org/made/%d" % n],
        "terms": {"publisher": ["Nhà xuất bản %d" % (n % 7)], "subject": ["thổ cẩm", {"value": "weaving", "language": "en"}],
                  "contributor": [{"value": "Người ghi %d" % (n % 31), "qualifier": "recorder"}]},
        "text": words(r, tag, 60),
    }
    print(json.dumps(item, ensure_ascii=False))
