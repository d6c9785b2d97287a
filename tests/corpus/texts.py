"""Texts that look like law and are made up, for property tests of the parsers."""

from __future__ import annotations

from hypothesis import strategies as st

_LINES = [
    "LUẬT", "NGHỊ ĐỊNH", "CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 1/2020/NĐ-CP",
    "Hà Nội, ngày 32 tháng 13 năm 2020", "Căn cứ Luật Đất đai;", "Chương I", "CHƯƠNG 2", "Mục 1. CHUNG", "Tiểu mục 1", "Phần thứ nhất",
    "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "**Điều 2.** Đối tượng", "Điều 2", "ĐIỀU 3: Giải thích", "Điều 5a. Thêm", "“Điều 7. Trích",
    "Điều 4 của Luật này", "1. Một:", "2) Hai", "3. Ba”.", "1a. Một a;", "a) A;", "đ) Đ;", "b. B", "a1) A1", "I. MỤC TIÊU", "II. VIỆC",
    "1.1. Một một", "như sau:", "”", '"', "Nơi nhận:", "TM. CHÍNH PHỦ", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Nguyễn Văn A", "PHỤ LỤC", "Phụ lục II",
    "Mẫu số 01", "QUY CHẾ", "(Ban hành kèm theo Quyết định số 1/QĐ-X)", "34   CÔNG BÁO/Số 1 + 2/Ngày 01-01-2024", "[[TRANG 2]]", "|", "---", "",
    "  ", "\f1. Trang sau", "quy định tại khoản", "(Tiếp theo Công báo số 1)",
]  # fmt: skip
LAW_LIKE = st.lists(st.sampled_from(_LINES) | st.text(max_size=12), max_size=60).map("\n".join)
ANY_TEXT = st.text(max_size=300)
