"""The words by which administrative Vietnamese names who acts and what is done: heads of agencies, verbs of tasks."""

from __future__ import annotations

import re

from kb.numbers import AGENCIES

_BODIES = (
    "Bộ(?! (?:chỉ số|tiêu chí|công cụ|luật|dữ liệu|máy|phận|mã|quy|thủ tục|hồ sơ|có|chỉ tiêu))|Sở(?! hữu)|Ủy ban|Uỷ ban|UBND|HĐND|UBMTTQ|MTTQ|Hội đồng|Văn phòng|VPCP|VP UBND|Ngân hàng|NHNN|Bảo hiểm xã hội|Bảo hiểm Xã hội|BHXH|Thanh tra"
    "|Đài|Thông tấn xã|TTXVN|Tòa án|Toà án|Viện(?! dẫn| trợ)|Tập đoàn|Tổng công ty|Tổng Công ty|Công an|Tổng cục|Tổng Cục|Cục|Chi cục|Chi Cục|Vụ|Ban(?! hành)|Hội(?! nghị| thảo| họp)|Hiệp hội"
    "|Liên đoàn|Liên minh|Kiểm toán|Kho bạc|Trung tâm|Trường(?! hợp)|Đại học|Học viện|Mặt trận|Tổ công tác|Tổ Công tác|Tổ(?! chức)|Tiểu ban|Phòng(?! ngừa|,? chống|, )"
    "|Quỹ|Báo(?! cáo| đảm| chí)|Cổng|Thành ủy|Thành uỷ|Tỉnh ủy|Tỉnh uỷ|Đảng ủy|Đảng uỷ|Bưu điện|Công ty|Nhà xuất bản|Đoàn|Bộ đội|Quân khu|Công an|Bệnh viện"
    "|Chính quyền|Cơ quan|Đơn vị|Điện lực|EVN|VNPT|Viettel|Cảng vụ|Đội(?! ngũ)|Trạm|Thư viện|Bảo tàng|Nhà hát"
)
_OFFICES = (
    "Phó Thủ tướng|Bộ trưởng|Thứ trưởng|Thủ trưởng|Phó Chủ tịch|Chủ tịch|Phó Giám đốc|Giám đốc|Thống đốc|Tổng Thanh tra|Tổng thanh tra|Tổng Giám đốc|Tổng giám đốc"
    "|Tổng Kiểm toán|Bộ trưởng, Chủ nhiệm|Chủ nhiệm|Cục trưởng|Tổng cục trưởng|Vụ trưởng|Chi cục trưởng|Chánh Văn phòng|Chánh văn phòng|Chánh Thanh tra|Chánh án"
    "|Viện trưởng|Trưởng ban|Trưởng Ban|Trưởng Công an|Trưởng phòng|Trưởng Phòng|Hiệu trưởng|Bí thư|Người đứng đầu|Lãnh đạo|Tư lệnh|Trưởng các|Trưởng"
)
_GENERIC = (
    "bộ|Bộ|sở|Sở|cơ quan|Cơ quan|địa phương|Địa phương|đơn vị|Đơn vị|tỉnh|Tỉnh|thành phố|Thành phố|ban|Ban|ngành|Ngành|tập đoàn|Tập đoàn|tổng công ty"
    "|doanh nghiệp|Doanh nghiệp|tổ chức|Tổ chức|cấp|ngân hàng|Ngân hàng|thành viên|Thành viên|Cục|cục|Vụ|vụ|Ủy ban|Uỷ ban|UBND|trường|Trường|hiệp hội|Hiệp hội|hội|Hội|xã|Xã"
    "|phường|Phường|huyện|quận|đoàn thể|đồng chí|Tổng công ty|Tổng cục|Chủ tịch|Bộ trưởng|Thủ trưởng|Giám đốc|Trưởng|trưởng|hãng|chủ đầu tư|Chủ đầu tư|nhà mạng|nhà thầu|Ban Quản lý|phòng|Phòng"
    "|cơ sở|Cơ sở|lực lượng|Lực lượng|chủ tịch|thủ trưởng|giám đốc|ủy ban|trung tâm|Trung tâm|viện|Viện|tòa án|Tòa án|Tiểu ban|Tổ|tổ công tác|ông|bà|nhà|nhóm|công ty|Công ty|Đài|đài|báo|Nhà|đối tượng"
)
_BEFORE = r"(?:(?:[Cc]ác\s+)?[Đđ](?:ồng chí|/c)\s+|(?:[Tt]oàn bộ|[Tt]ất cả|[Ll]ãnh đạo|[Tt]ừng)\s+(?:các\s+)?|[Gg]iao\s+|[Cc]ấp ủy,\s+)?"
AGENCY = re.compile(
    rf"{_BEFORE}(?:(?:{_OFFICES}|{_BODIES})\b(?!\s*[-–]\s*\d)|(?:[Cc]ác|[Nn]hững|0?\d+)\s+(?:{_GENERIC})\b"
    rf"|(?:[Bb]ộ|[Ss]ở|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương)(?:,\s*(?:ban,?\s*)?(?:ngành|địa phương|cơ quan|đơn vị|đoàn thể|ban))+\b"
    r"|(?:cơ quan|đơn vị|doanh nghiệp) (?=(?:ngang|thuộc|trực thuộc|liên quan|có liên quan|chức năng|chuyên môn)))"
)

_VERBS = (
    "chủ trì|phối hợp|làm đầu mối|đầu mối|là đầu mối|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ|khẩn trương|tiếp tục|tập trung|chủ động|tích cực|quyết liệt|kịp thời|phải"
    "|cần|căn cứ|theo|trên cơ sở|định kỳ|thường xuyên|hoàn thành|hoàn thiện|hoàn tất|xây dựng|ban hành|rà soát|triển khai|tổ chức|thực hiện|chỉ đạo|đôn đốc"
    "|hướng dẫn|tham mưu|trình|nghiên cứu|đề xuất|báo cáo|tổng hợp|kiểm tra|theo dõi|bố trí|phân bổ|cân đối|cấp|công bố|công khai|đẩy mạnh|đẩy nhanh|tăng cường|bảo đảm|đảm bảo"
    "|ưu tiên|huy động|sửa đổi|bổ sung|điều chỉnh|thẩm định|thẩm tra|đánh giá|phê duyệt|quyết định|xem xét|phát triển|nâng cấp|nâng cao|mở rộng|kết nối|tích hợp|chia sẻ|đồng bộ"
    "|cung cấp|tiếp nhận|xử lý|giải quyết|khắc phục|tháo gỡ|cắt giảm|đơn giản hóa|đơn giản hoá|tái cấu trúc|số hóa|số hoá|chuẩn hóa|chuẩn hoá|làm sạch|cập nhật|vận hành|khai thác|sử dụng"
    "|quản lý|giám sát|thanh tra|tuyên truyền|truyền thông|phổ biến|quán triệt|đào tạo|bồi dưỡng|tập huấn|hỗ trợ|tạo điều kiện|lập|gửi|yêu cầu|đề nghị|kiến nghị|phát huy|phát động"
    "|thành lập|kiện toàn|phân công|phân cấp|ủy quyền|phân quyền|tiến hành|thống kê|tổng kết|sơ kết|tổ chức thực hiện|nhanh chóng|đề cao|nêu cao|duy trì|tuân thủ|chấp hành"
    "|đưa|lựa chọn|bám sát|tối ưu|thiết lập|hình thành|đầu tư|mua sắm|trang bị|khảo sát|thu thập|tạo lập|thu hút|thúc đẩy|khuyến khích|tự|trực tiếp|có văn bản|có giải pháp|có phương án|có kế hoạch"
    "|có biện pháp|cụ thể hóa|cụ thể hoá|lồng ghép|niêm yết|ký|ký kết|rút ngắn|xác định|xác minh|xác thực|đối soát|cam kết|nghiêm túc|kiên quyết|chấn chỉnh|xử phạt|bàn giao|vận động"
    "|thông báo|thông tin|phản ánh|đăng tải|tuyên dương|khen thưởng|tham gia|dự báo|cảnh báo|ngăn chặn|phòng ngừa|phòng, chống|đấu tranh|mời gọi|kêu gọi|định hướng|quy định"
    "|hạn chế|bãi bỏ|thay thế|soạn thảo|biên soạn|phát hành|công nhận|kết hợp|liên kết|hợp tác|đàm phán|góp ý|lấy ý kiến|(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)|giao (?!nhiệm vụ|chủ trì|thực hiện|làm|quản lý|thông|dịch)|cử (?!tri)|thu (?:hồi|thập|phí)|mở (?:rộng|lớp|đợt)|chuyển (?:đổi|giao)|làm (?:việc|rõ|tốt|sạch)|in ấn|giúp (?!việc)|lấy (?:mẫu|phiếu)|gắn (?:với|kết)|dừng|tạo (?:lập|điều|môi|chuyển|sự|ra|thuận)|nắm (?:tình|bắt|chắc)|sớm|tăng (?:tỷ|tỉ|tốc|thu)|giảm (?:thời|tỷ|tối|số)|sau khi|trước (?:ngày|tháng|mắt)|khi (?!tượng)|nếu|có ý kiến|cho ý kiến|cho phép|được phép|thí điểm|nhân rộng"
    "|áp dụng|ứng dụng|tận dụng|lắp đặt|bảo vệ|bảo trì|giữ vững|củng cố|thu hồi|chi trả|giải ngân|quyết toán|thanh toán|xuất cấp|tiết kiệm|đa dạng hóa|làm mới|đổi mới|cải cách|cải thiện"
    "|quan tâm|chú trọng|coi trọng|lưu ý|bảo quản|lưu trữ|khôi phục|sẵn sàng|trao đổi|tư vấn|chuẩn bị|quy hoạch|giới thiệu|đăng ký|phân tích|đề ra"
    "|thống nhất|đồng thời|song song|kê khai|tự rà soát|lan tỏa|tôn vinh|ký ban hành|sắp xếp|tinh gọn|luân chuyển|tuyển dụng|phục vụ tốt|trong|để|nhằm"
    "|họp|dành|thừa|thay mặt|thừa ủy quyền|kiểm soát|kiểm kê|quảng bá|xúc tiến|vào cuộc|tăng tốc|bứt phá|nỗ lực|phấn đấu|gương mẫu|triệt để|nắm chắc"
)
VERB = re.compile(rf"\b(?:{_VERBS})\b")
ACTION = re.compile(rf"(?:{_VERBS})\b", re.IGNORECASE)
# Words of the verb list that here belong to the name: "cơ quan, tổ chức có liên quan", "các cơ quan trong hệ thống", "cấp tỉnh".
NOT_A_VERB = re.compile(
    r"tổ chức(?=\s+(?:có liên quan|liên quan|chính trị|xã hội|khác|tín dụng|đoàn thể|cá nhân|thành viên|cung cấp|đại diện|hội)|[,;:])"
    r"|cấp(?=\s+(?:tỉnh|xã|huyện|bộ|cơ sở|trung ương|tổ|trên|dưới|có|thành phố|phường)|,|\s*$)|trong(?=\s+(?:hệ thống|tỉnh|ngành|nước|vùng|khu|phạm vi cả|cả|lĩnh vực|các lĩnh vực))"
    r"|giao(?=\s+(?:nhiệm vụ|chủ trì|thực hiện|làm|quản lý|thông))|xây dựng(?=\s+(?:thành phố|tỉnh))|chủ trì(?=\s+(?:nhiệm vụ|soạn thảo|thực hiện các))"
    r"|tuyên truyền(?=\s*,)|cung cấp(?=\s+(?:dịch vụ|nước))|quản lý(?=\s+(?:nhà nước|chuyên ngành|dự án|đường|khu))|thực hiện(?=\s+(?:thủ tục|dịch vụ))"
    r"|chủ động(?=\s*$)|thông tin(?=\s+(?:và|truyền thông|báo chí))|truyền thông(?=\s*[,;])|đào tạo(?=\s+(?:nghề|nhân lực))|hỗ trợ(?=\s+(?:phát triển|doanh))|kiểm tra(?=\s+(?:Trung ương))|phát triển(?=\s+(?:Thành phố|quỹ đất|Kinh tế|kinh tế - xã hội))"
)
ALWAYS_NAME = re.compile(
    r"(?:được|các|những|một số|mọi|các đơn vị|chức năng|cơ quan|tham mưu,|lực lượng|kinh doanh|chi nhánh|dịch vụ|cán bộ|lĩnh vực|công nghệ|hệ thống|an toàn)\s+$"
)


# Names whose end is known whatever follows: those of the ministries, also after "Sở", and some others.
_FIELDS = "|".join(
    sorted(
        {re.escape(name.removeprefix("Bộ ")) for name in AGENCIES.values() if name.startswith("Bộ ")},
        key=len,
        reverse=True,
    )
)
_WHOLE = "|".join(
    sorted(
        {re.escape(name) for name in AGENCIES.values() if name.startswith(("Văn phòng", "Thanh tra", "Kiểm toán"))},
        key=len,
    )
)
_OF_PLACE = r"(?:\s+(?:tỉnh|thành phố|Tỉnh|Thành phố)(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]*)*)?"
KNOWN = re.compile(
    rf"(?:(?:Bộ trưởng|Thứ trưởng|Giám đốc)\s+)?(?:Bộ|Sở)\s+(?:{_FIELDS})\b{_OF_PLACE}|(?:{_WHOLE})\b"
    rf"|[Cc]ác\s+(?:[Bb]ộ|[Ss]ở)\s*:\s*(?:{_FIELDS})\b(?:\s*(?:,|và)\s*(?:{_FIELDS})\b)*"
)
