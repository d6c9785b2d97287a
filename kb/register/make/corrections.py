"""What was put right by hand in the collected facts of the landscape, each with its reason.

The collector cut titles out of running text, lower-cased titles printed in capitals and wrote his notes in English. What
stands here is only what the same source shows at a second look; nothing is taken from memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

Key = tuple[str, str]  # number and the date of issue as collected


class Correction(NamedTuple):
    """The value that a column gets, and the Vietnamese reason that goes into the row's note."""

    column: str
    value: str
    reason: str = ""


# Where a title cut out of running text goes on into the sentence around it.
TITLE_TAIL = re.compile(
    r"""\s*(?:
        \]\(/ .* |                                        # the rest of a link
        \bhết\ hiệu\ lực\ kể\ từ\ .* | \bkể\ từ\ thời\ điểm\ .* |
        \bCăn\ c[ứú]\ Luật\ .* | \bPHỤ\ LỤC\ .* | \bMột\ cửa\ PHỤ\ LỤC\ .* |
        giám\ đốc\ trung\ tâm\ phục\ vụ\ .* |
        \(?(?:đã\ )?được\ sửa\ đổi,\ b[ổỗ]\ sung\ (?:một\ số\ điều\ )?(?:bởi|tại|theo)\ (?!Nghị\ định\ số\ 07/2025).* |
        ,\ trừ\ các\ tài\ sản\ .* |
        (?:\.\.\.\s*)?\(TRÙNG\ SỐ\ .*\) | \((?:short|short\ name)\)
    )$""",
    re.VERBOSE,
)

# Titles that no rule can cut: the end of the title is told by its sense.
TITLE_ENDS: Mapping[str, str] = {
    "123/2020/NĐ-CP": "hóa đơn, chứng từ",
    "24/2023/QĐ-TTg": "tai nạn rủi ro nghề nghiệp",
    "143/2016/NĐ-CP": "giáo dục nghề nghiệp",
    "19/2025/NĐ-CP": "thủ tục đầu tư đặc biệt",
    "44/2025/TT-BYT": "báo cáo thực hiện quản lý thiết bị y tế",
    "78/2009/NĐ-CP": "Luật Quốc tịch Việt Nam",
    "102/2009/NĐ-CP": "nguồn vốn ngân sách nhà nước",
    "55/2015/NĐ-CP": "nông nghiệp, nông thôn",
    "123/2015/NĐ-CP": "Luật hộ tịch",
    "196/2015/TT-BTC": "vùng trời Việt Nam",
    "08/2016/TT-BQP": "tổ chức chính trị - xã hội",
    "219/2016/TT-BTC": "cư trú tại Việt Nam",
    "134/2017/TT-BTC": "thị trường chứng khoán",
    "29/2020/TT-BTC": "quản lý tài sản công",
    "19/2021/TT-BTC": "trong lĩnh vực thuế",
    "1968/QĐ-TTg": 'giai đoạn 2021-2030"',
    "04/2022/TT-BTC": "UBND cấp huyện",
    "766/QĐ-TTg": "trên môi trường điện tử",
    "924/QĐ-TTg": "giai đoạn 2021 - 2025",
    "07/2023/TT-BNG": "Việt Nam ở nước ngoài",
    "1569/QĐ-TTg": "tầm nhìn đến năm 2050",
    "91/2019/TT-BTC": "công ty đầu tư chứng khoán",
}

_NOTE_ONLY = "chỉ thấy trong một ghi chép dẫn tới địa chỉ này; văn bản chưa được mở để đối chiếu"

CORRECTIONS: Mapping[Key, tuple[Correction, ...]] = {
    ("06/QĐ-TTg", "2022-01-06"): (Correction("note", "tailieu.vn ghi số là 06/2022/QĐ-TTg"),),
    ("06/QĐ-TTg", "2025-01-02"): (Correction("note", "trùng số với 06/QĐ-TTg năm 2022 (Đề án 06)"),),
    ("05/CT-TTg", "2025-03-01"): (Correction("note", "trùng số với 05/CT-TTg năm 2023"),),
    ("33/CT-TTg", "2021-11-26"): (Correction("note", "trùng số với 33/CT-TTg năm 2025"),),
    ("104/2022/NĐ-CP", "2022-12-21"): (Correction("note", "lawnet.vn ghi ngày ban hành 22/12/2022"),),
    ("90/CĐ-TTg", "2023"): (
        Correction("note", "năm suy ra từ nội dung (đôn đốc Chỉ thị 05/CT-TTg ngày 23/02/2023); không thấy ngày"),
    ),
    ("05/CT-TTg", "2023-02-23"): (
        Correction("note", "ngày 23/02/2023 thấy ở bài của Chinhphu.vn dẫn Quyết định 522/QĐ-BTP"),
    ),
    ("452/TTg-KSTT", "2023-05-23"): (Correction("note", "là công văn, không phải công điện"),),
    ("07/CT-TTg", "2025-03-14"): (Correction("note", "bài báo ngày 15/03/2025 không ghi ngày ký"),),
    ("896/QĐ-TTg", "2013-06-08"): (Correction("note", "hai trang đã xem không in số 896; số thấy ở tin về 112/NQ-CP"),),
    ("112/NQ-CP", "2017-10-30"): (
        Correction("issued", "2017", "ngày ban hành chưa đối chiếu được; các trang đã xem là đầu tháng 11/2017"),
    ),
    ("58/NQ-CP", "2017-07-04"): (
        Correction("issued", "2017", "trang đã xem chỉ nêu ngày có hiệu lực 04/07/2017"),
        Correction("effective", "2017-07-04"),
    ),
    ("37/2021/NĐ-CP", "2021-03-29"): (
        Correction("note", "bản tiếng Anh của LuatVietnam in nghị định được sửa là 173/2015 thay cho 137/2015"),
    ),
    ("34/2021/QĐ-TTg", "2021-11-08"): (
        Correction("note", "luatgpt.vn ghi cơ quan ban hành là Bộ Công an và hiệu lực từ 09/11/2021"),
    ),
    ("59/2022/NĐ-CP", "2022-09-05"): (
        Correction("status_wording", "được thay thế bởi 69/2024/NĐ-CP", "ngày có hiệu lực chưa đối chiếu được"),
    ),
    ("31/NQ-CP", "2023-03"): (Correction("note", "trang đã xem in nhầm là 31/NĐ-CP; không thấy ngày"),),
    ("153 (Kế hoạch, Ban Chỉ đạo Đề án 06 Thừa Thiên Huế)", "2023-10-24"): (
        Correction("number", "153"),
        Correction("title", "53 dịch vụ công thiết yếu", "tên gọi tắt; phần ký hiệu sau số 153 không thấy"),
        Correction("confidence", "unverified", _NOTE_ONLY),
    ),
    ("26/2023/QH15", "2023-11-27"): (Correction("note", "Công báo số 35 + 36 ngày 08/01/2024"),),
    ("82/NQ-CP", "2024"): (Correction("note", "được viện dẫn trong 133/CĐ-TTg; không thấy ngày"),),
    ("1332/QĐ-BYT", "2024-05-21"): (Correction("confidence", "unverified", f"tên gọi tắt; {_NOTE_ONLY}"),),
    ("2733/QĐ-BYT", "2024-09-17"): (Correction("confidence", "unverified", f"tên gọi tắt; {_NOTE_ONLY}"),),
    ("102/2025/NĐ-CP", "2025-05-13"): (Correction("confidence", "unverified", _NOTE_ONLY),),
    ("69/2024/NĐ-CP", "2024-06-25"): (Correction("status_wording", ""),),
    ("70/2024/NĐ-CP", "2024-06-25"): (Correction("status_wording", ""),),
    ("42/2022/NĐ-CP", "2022-06-24"): (
        Correction("status_wording", "Còn hiệu lực", "tình trạng theo vietjack.me, không ghi ngày"),
    ),
    ("23/2015/NĐ-CP", "2015-02-16"): (
        Correction("note", "2873/QĐ-UBND ngày 19/11/2025 của Hà Tĩnh in nhầm ngày là 16/02/2025"),
    ),
    ("62/2021/NĐ-CP", "2021"): (
        Correction("issued", "2021-06-29", "ngày theo Điều 4 Nghị định 58/2026/NĐ-CP; về hướng dẫn Luật Cư trú"),
        Correction("title", ""),
    ),
    ("59/2021/TT-BCA", "2021"): (Correction("title", "", "về cấp, đổi, cấp lại thẻ căn cước công dân"),),
    ("03-QĐ/BCĐ", "2025-08-13"): (
        Correction(
            "issuer",
            "Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số tỉnh Đồng Tháp",
        ),
        Correction("title", "Chương trình công tác của Ban Chỉ đạo tỉnh từ nay đến cuối năm 2025"),
    ),
    ("659/TB-VPCP", "2025-11-29"): (
        Correction(
            "title",
            "Kết luận của Phó Thủ tướng Chính phủ Hồ Quốc Dũng tại cuộc họp về tình hình thực hiện Nghị quyết số 66-NQ/TW",
            "trích yếu rút gọn",
        ),
    ),
    ("15/2015/TT-BTP", "2015-11-16"): (
        Correction("title", "Quy định chi tiết thi hành một số điều của Luật hộ tịch và Nghị định số 123/2015/NĐ-CP"),
    ),
    ("43/2023/TT-BTC", "2023-06-27"): (
        Correction(
            "title",
            "Sửa đổi, bổ sung một số điều của các Thông tư có quy định liên quan đến việc nộp, xuất trình và khai thông"
            " tin về đăng ký sổ hộ khẩu, sổ tạm trú",
            "trích yếu rút gọn",
        ),
    ),
    ("118/NĐ-CP", "2025-06-09"): (
        Correction("confidence", "misprint", "văn bản viện dẫn in thiếu năm trong số 118/2025/NĐ-CP"),
    ),
    ("92/2017/NĐCP", "2017-08-07"): (Correction("note", "văn bản viện dẫn in thiếu gạch nối: 92/2017/NĐCP"),),
    ("03/2025/TT-BYT", "2025-09-15"): (
        Correction("confidence", "misprint", "văn bản viện dẫn in nhầm ký hiệu của 03/2025/TT-VPCP"),
    ),
    ("03/2025/NĐ-VPCP", "2025-09-15"): (
        Correction("confidence", "misprint", "văn bản viện dẫn in nhầm ký hiệu của 03/2025/TT-VPCP"),
    ),
    ("09/2015/QĐ-CP", "2015-03-25"): (Correction("note", "in như vậy trong nguồn; có lẽ là 09/2015/QĐ-TTg"),),
    ("11/2022/NĐ-CP", "2020-01-20"): (Correction("note", "in như vậy trong nguồn; có lẽ là 11/2020/NĐ-CP"),),
    ("14/2020/TT-BTNMT", "2020-11-27"): (
        Correction("note", "in như vậy trong nguồn: ngày có hiệu lực trước ngày ban hành"),
    ),
}
