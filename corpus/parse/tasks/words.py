"""The words by which administrative Vietnamese names who acts and what is done: heads of agencies, verbs of tasks."""

from __future__ import annotations

import re

from kb.numbers import AGENCIES

_BODIES = (
    "Bộ(?! (?:chỉ số|tiêu chí|công cụ|[Ll]uật|dữ liệu|máy|phận|mã|quy|thủ tục|hồ sơ|có|chỉ tiêu))|Sở(?! hữu)|Ủy ban"
    "|Uỷ ban|UBND|HĐND|UBMTTQ|MTTQ|Hội đồng|Văn phòng|VPCP|VP UBND|Ngân hàng|NHNN|Bảo hiểm xã hội|Bảo hiểm Xã hội"
    "|BHXH|Thanh tra"
    "|Đài|Thông tấn xã|TTXVN|Tòa án|Toà án|Viện(?! dẫn| trợ)|Tập đoàn|Tổng công ty|Tổng Công ty|Công an|Tổng cục"
    "|Tổng Cục|Cục|Chi cục|Chi Cục|Vụ|Ban(?! hành)|Hội(?! nghị| thảo| họp)|Hiệp hội"
    "|Tổng Liên đoàn|Tổng liên đoàn|Liên đoàn|Liên minh|Kiểm toán|Kho bạc|Trung tâm|Trường(?! hợp)|Đại học|Học viện|Mặt trận|Tổ công tác"
    "|Tổ Công tác|Tổ(?! chức)|Tiểu ban|Phòng(?! ngừa|,? chống|, )"
    "|Quỹ|Báo(?! cáo| đảm| chí)|Cổng|Thành ủy|Thành uỷ|Tỉnh ủy|Tỉnh uỷ|Đảng ủy|Đảng uỷ|Bưu điện|Công ty|Nhà xuất bản"
    "|Huyện ủy|Huyện uỷ|Chi bộ|Đảng bộ|Cấp ủy|Cấp uỷ|Đoàn|Bộ đội|Quân khu|Công an|Bệnh viện"
    "|Chính quyền|Cán bộ|Thủ đô|Thành phố(?= [A-ZĐ])|Tỉnh(?= [A-ZĐ])|Cơ quan|Đơn vị|Điện lực|EVN|VNPT|Viettel|Cảng vụ|Đội(?! ngũ)|Trạm|Thư viện|Bảo tàng|Nhà hát"
    "|Nhóm(?= [A-ZĐ]| (?:công tác|chuyên gia|nghiên cứu))|Thuế(?= (?:tỉnh|thành phố|cơ sở|[A-ZĐ]))|Hải quan(?= (?:khu vực|cửa khẩu|[A-ZĐ]))"
    "|Hạt [Kk]iểm lâm|Vườn quốc gia|Nhà máy|Nhà trường|Xí nghiệp|Hợp tác xã|Liên hiệp|Hệ thống Ngân hàng|Công chức|Viên chức"
    "|Viễn thông(?= [A-ZĐ])|Bưu cục|Tòa soạn|Thường trực|Chủ đầu tư|Nhà thầu"
)
_OFFICES = (
    "Phó Thủ tướng|Bộ trưởng|Thứ trưởng|Thủ trưởng|Phó Chủ tịch|Chủ tịch|Phó Giám đốc|Giám đốc|Thống đốc"
    "|Tổng Thanh tra|Tổng thanh tra|Tổng Giám đốc|Tổng giám đốc"
    "|Tổng Kiểm toán|Bộ trưởng, Chủ nhiệm|Chủ nhiệm|Cục trưởng|Tổng cục trưởng|Vụ trưởng|Chi cục trưởng"
    "|Chánh Văn phòng|Chánh văn phòng|Chánh Thanh tra|Chánh án"
    "|Viện trưởng|Trưởng ban|Trưởng Ban|Trưởng Công an|Trưởng phòng|Trưởng Phòng|Hiệu trưởng|Bí thư|Người đứng đầu"
    "|Lãnh đạo|Tư lệnh|Trưởng các|Trưởng"
)
_GENERIC = (
    "bộ|Bộ|sở|Sở|cơ quan|Cơ quan|địa phương|Địa phương|đơn vị|Đơn vị|tỉnh|Tỉnh|thành phố|Thành phố|ban|Ban|ngành"
    "|Ngành|tập đoàn|Tập đoàn|tổng công ty"
    "|doanh nghiệp|Doanh nghiệp|tổ chức|Tổ chức|cấp|ngân hàng|Ngân hàng|thành viên|Thành viên|Cục|cục|Vụ|vụ|Ủy ban"
    "|Uỷ ban|UBND|trường|Trường|hiệp hội|Hiệp hội|hội|Hội|xã|Xã"
    "|phường|Phường|huyện|quận|đoàn thể|đồng chí|Tổng công ty|Tổng cục|Chủ tịch|Bộ trưởng|Thủ trưởng|Giám đốc|Trưởng"
    "|trưởng|hãng|chủ đầu tư|Chủ đầu tư|nhà mạng|nhà thầu|Ban Quản lý|phòng|Phòng"
    "|cơ sở|Cơ sở|lực lượng|Lực lượng|chủ tịch|thủ trưởng|giám đốc|ủy ban|trung tâm|Trung tâm|viện|Viện|tòa án"
    "|Tòa án|Tiểu ban|Tổ|chi bộ|đảng bộ|tổ công tác|ông|bà|nhà|nhóm|công ty|Công ty|Đài|đài|báo|Nhà|đối tượng"
)
_BEFORE = (
    r"(?:(?:[Cc]ác\s+)?[Đđ](?:ồng chí|/c)\s+|(?:[Tt]oàn bộ|[Tt]ất cả|[Ll]ãnh đạo|[Tt]ừng)\s+(?:các\s+)?"
    r"|[Gg]iao\s+|[Cc]ấp ủy,\s+)?"
)
AGENCY = re.compile(
    rf"{_BEFORE}(?:(?:{_OFFICES}|{_BODIES})\b(?!\s*[-–]\s*\d)|(?:[Cc]ác|[Nn]hững|[Mm]ỗi|0?\d+)\s+(?:{_GENERIC})\b"
    rf"|(?:[Bb]ộ|[Ss]ở|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương)(?:,\s*(?:ban,?\s*)?(?:ngành|địa phương|cơ quan|đơn vị"
    rf"|đoàn thể|ban))+\b"
    r"|[Cc]ơ sở (?=(?:đào tạo|giáo dục|y tế|khám|sản xuất|kinh doanh|dịch vụ))"
    r"|(?:cơ quan|đơn vị|doanh nghiệp) (?=(?:ngang|thuộc|trực thuộc|liên quan|có liên quan|chức năng|chuyên môn)))"
)

# What agencies are told to do, and what leads up to it, in the order of the alphabet.
_VERBS = (
    r"(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)|ban hành|biên soạn|bàn giao|bám sát|báo cáo|bãi bỏ|bảo quản"
    r"|bảo trì|bảo vệ|bảo đảm|bố trí|bồi dưỡng|bổ sung|bứt phá|cam kết|chi trả|chia sẻ|cho phép|cho ý kiến"
    r"|chuyển (?:đổi|giao)|chuẩn bị|chuẩn hoá|chuẩn hóa|chú trọng|chấn chỉnh|chấp hành|chỉ đạo"
    r"|chịu trách nhiệm|chủ trì|chủ động|coi trọng|cung cấp|cân đối|có biện pháp|có giải pháp|có kế hoạch"
    r"|có nhiệm vụ|có phương án|có trách nhiệm|có văn bản|có ý kiến|công bố|công khai|công nhận|căn cứ"
    r"|cải cách|cải thiện|cảnh báo|cấp|cần|cập nhật|cắt giảm|cụ thể hoá|cụ thể hóa|củng cố|cử (?!tri)|duy trì"
    r"|dành|dừng|dự báo|giao (?!nhiệm vụ|chủ trì|thực hiện|làm|quản lý|thông|dịch)|giám sát|giúp (?!việc)"
    r"|giải ngân|giải quyết|giảm (?:thời|tỷ|tối|số)|giới thiệu|giữ vững|góp ý|gương mẫu|gắn (?:với|kết)|gửi"
    r"|hoàn thiện|hoàn thành|hoàn tất|huy động|hình thành|hướng dẫn|hạn chế|họp|hỗ trợ|hợp tác|in ấn|khai thác"
    r"|khen thưởng|khi (?!tượng)|khuyến khích|khôi phục|khảo sát|khẩn trương|khắc phục|kiên quyết|kiến nghị"
    r"|kiểm kê|kiểm soát|kiểm tra|kiện toàn|kê khai|kêu gọi|ký|kết hợp|kết nối|kịp thời|lan tỏa|liên kết"
    r"|luân chuyển|là đầu mối|làm (?:việc|rõ|tốt|sạch)|làm mới|làm sạch|làm đầu mối|lưu trữ|lưu ý"
    r"|lấy (?:mẫu|phiếu)|lấy ý kiến|lập|lắp đặt|lồng ghép|lựa chọn|mua sắm|mời gọi|mở (?:rộng|lớp|đợt)|mở rộng"
    r"|nghiêm túc|nghiên cứu|nhận được|nhận thấy|ngăn chặn|nhanh chóng|nhân rộng|nhằm|niêm yết|nâng cao|nâng cấp|nêu cao"
    r"|nắm (?:tình|bắt|chắc)|nắm chắc|nếu|nỗ lực|phát huy|phát hành|phát triển|phát động|phân bổ|phân công"
    r"|phân cấp|phân quyền|phân tích|phê duyệt|phòng ngừa|phòng, chống|phải|phản ánh|phấn đấu|phối hợp"
    r"|phổ biến|phục vụ tốt|quan tâm|quy hoạch|quy định|quyết liệt|quyết toán|quyết định|quán triệt|quản lý"
    r"|quảng bá|rà soát|rút ngắn|sau khi|song song|soạn thảo|sơ kết|sắp xếp|sẵn sàng|số hoá|số hóa|sớm|sử dụng"
    r"|sửa đổi|tham gia|tham mưu|thanh toán|thanh tra|thay mặt|thay thế|theo|thiết lập|thu (?:hồi|thập|phí)"
    r"|thu hút|thu hồi|thu thập|thành lập|tháo gỡ|thí điểm|thông báo|thông tin|thúc đẩy|thường xuyên|thẩm tra"
    r"|thẩm định|thống kê|thống nhất|thừa|thực hiện|tinh gọn|tiến hành|tiếp nhận|tiếp tục|tiết kiệm|trang bị"
    r"|trao đổi|triển khai|triệt để|trong|truyền thông|trên cơ sở|trình|trước (?:ngày|tháng|mắt)|trực tiếp"
    r"|tuyên dương|tuyên truyền|tuyển dụng|tuân thủ|tái cấu trúc|tích cực|tích hợp|tôn vinh"
    r"|tăng (?:tỷ|tỉ|tốc|thu)|tăng cường|tăng tốc|tư vấn|tạo (?:lập|điều|môi|chuyển|sự|ra|thuận)|tạo lập"
    r"|tạo điều kiện|tận dụng|tập huấn|tập trung|tối ưu|tổ chức|tổng hợp|tổng kết|tự|vào cuộc|vận hành"
    r"|vận động|xem xét|xuất cấp|xác minh|xác thực|xác định|xây dựng|xúc tiến|xử lý|xử phạt|yêu cầu|áp dụng"
    r"|bồi thường|chấm dứt|chấp thuận|chịu sự|chụp ảnh|cách ly|cưỡng chế|cứu trợ|di dời|duy tu|giải trình|giải tỏa"
    r"|gia cố|gia hạn|hủy bỏ|khơi thông|kiềm chế|kiểm điểm|không (?:để|được)|nghiệm thu|nhắc nhở|nạo vét"
    r"|phát sóng|quan trắc|rút kinh nghiệm|sơ tán|tháo dỡ|thu gom|tiêu hủy|tiếp thu|trao tặng|treo (?:cờ|biển|băng)"
    r"|tuyệt đối|tuần tra|tạm (?:dừng|ngừng|hoãn)|đình chỉ|đón tiếp|đối chiếu|điều (?:động|chuyển)"
    r"|đa dạng hóa|điều chỉnh|đàm phán|đào tạo|đánh giá|đôn đốc|đăng ký|đăng tải|đơn giản hoá|đơn giản hóa|đưa"
    r"|được phép|đảm bảo|đấu tranh|đầu mối|đầu tư|đẩy mạnh|đẩy nhanh|đề cao|đề nghị|đề ra|đề xuất|để"
    r"|định hướng|định kỳ|đối soát|đồng bộ|đồng thời|đổi mới|ưu tiên|ủy quyền|ứng dụng"
)
VERB = re.compile(rf"\b(?:{_VERBS})\b")
ACTION = re.compile(rf"(?:{_VERBS})\b", re.IGNORECASE)
# Words of that list where they belong to a name: "cơ quan, tổ chức có liên quan", "các cơ quan trong hệ thống", "cấp tỉnh".
NOT_A_VERB = re.compile(
    r"tổ chức(?=\s+(?:có liên quan|liên quan|chính trị|xã hội|khác|tín dụng|đoàn thể|cá nhân|thành viên|cung cấp"
    r"|đại diện|hội)|[,;:])"
    r"|cấp(?=\s+(?:tỉnh|xã|huyện|bộ|cơ sở|trung ương|tổ|trên|dưới|có|thành phố|phường|quân khu|quốc gia|vùng|ủy|uỷ|ngành|khu vực)|,|\s*$)"
    r"|trong(?=\s+(?:(?!Quý|Quí)[A-ZĐ]|hệ thống|tỉnh|ngành|nước|vùng|khu|phạm vi cả|cả|lĩnh vực|các lĩnh vực))"
    r"|giao(?=\s+(?:nhiệm vụ|chủ trì|thực hiện|làm|quản lý|thông))|xây dựng(?=\s+(?:thành phố|tỉnh|giao thông|công trình|công nghiệp))"
    r"|chủ trì(?=\s+(?:nhiệm vụ|soạn thảo|thực hiện các))"
    r"|tuyên truyền(?=\s*,)|cung cấp(?=\s+(?:dịch vụ|nước))|quản lý(?=\s+(?:nhà nước|chuyên ngành|dự án|đường|khu))"
    r"|thực hiện(?=\s+(?:thủ tục|dịch vụ))"
    r"|chủ động(?=\s*$)|thông tin(?=\s+(?:và|truyền thông|báo chí))|truyền thông(?=\s*[,;])|đào tạo(?=\s+(?:nghề"
    r"|nhân lực))|hỗ trợ(?=\s+(?:phát triển|doanh))|kiểm tra(?=\s+(?:Trung ương))|phát triển(?=\s+(?:Thành phố"
    r"|quỹ đất|Kinh tế|kinh tế - xã hội))"
)
ALWAYS_NAME = re.compile(
    r"(?:được|các|những|một số|mọi|[Cc]hủ|đúng|Ban [Cc]hỉ đạo|tham mưu,|lực lượng|kinh doanh|chi nhánh|dịch vụ"
    r"|cán bộ|lĩnh vực|công nghệ|hệ thống|an toàn)\s+$"
)

# A body that is told by what it does: "các cơ sở đào tạo", "các cơ quan được giao chủ trì …", "đơn vị vận hành hệ thống".
ATTRIBUTE = re.compile(
    r"(?:(?:[Cc]ơ quan|[Cc]ơ sở|[Đđ]ơn vị|tổ chức|[Dd]oanh nghiệp|địa phương|hiệp hội|công ty)\s+(?:đã\s+)?"
    r"(?P<given>được\s+(?:phân công|phân bổ|giao|chỉ định|ủy quyền|uỷ quyền|phân cấp|lựa chọn))"
    r"|(?:[Cc]ơ quan|[Cc]ơ sở|[Đđ]ơn vị|tổ chức|[Dd]oanh nghiệp|hiệp hội|công ty)\s+(?:quản lý(?! (?:chặt|tốt|nghiêm|hiệu))|đào tạo|giáo dục|nghiên cứu|soạn thảo|vận hành|cung cấp|tư vấn|thẩm định"
    r"|giải quyết|tiếp nhận|khai thác|sản xuất|kinh doanh|chế biến|thanh tra|truyền thông|điều phối|tham mưu|thi công"
    r"|tham gia|đăng ký|thu gom|cứu trợ|cách ly|duy tu|chủ quản|chủ trì(?= (?:soạn thảo|nhiệm vụ|đề án|dự án))))\b"
)
# The verbs that a clause is built on; "và", "để", "việc" before one make it a part of something else.
_NO_PART = "".join(
    rf"(?<!\b{word} )" for word in ("và", "để", "việc", "của", "cho", "về", "tác", "được", "hoặc", "giao")
)
DUTY = re.compile(
    rf"{_NO_PART}(?<!, )\b(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|có cơ chế|có văn bản|khẩn trương|chủ động"
    r"|tiếp tục|phải|cần|tăng cường|căn cứ|nghiêm túc|tập trung|thường xuyên|kịp thời)\b"
)
PREDICATE = re.compile(
    rf"{_NO_PART}(?<!, )(?<!\bvụ )\b(?:chủ trì|phối hợp|rà soát|báo cáo|bố trí|đẩy mạnh|gửi|hoàn thành|hoàn thiện"
    r"|ban hành|triển khai|thực hiện|tổ chức|xây dựng|hướng dẫn|chỉ đạo|cập nhật|công khai|tổng hợp)\b"
)

# "Uỷ ban quản lý vốn", "Ban chỉ đạo", "Phòng tổng hợp": the verb right behind such a word belongs to the name.
NAMED_BY_WORK = re.compile(
    r"\b(?:Ủy ban|Uỷ ban|Ban|Phòng|Trung tâm|Chi cục|Cục|Vụ|Đội|Tổ|Quỹ|Viện|Văn phòng)\s+"
    r"(?:quản lý|chỉ đạo|tổ chức|tổng hợp|tham mưu|kiểm tra|tuyên truyền|vận động|điều phối|hỗ trợ|xúc tiến|phát triển"
    r"|khai thác|giám sát|đào tạo|bảo vệ|bảo tồn|thanh tra|kiểm soát|ứng dụng|đăng ký|phục vụ|cung cấp|thông tin"
    r"|truyền thông|chuyển đổi)\b"
)

# Syllables of which the names of bodies are made, beside those in upper case.
NAME_WORD = re.compile(
    r"(?:ban|bàn|bộ|chuyên|chí|chính|chủ|chức|cá|các|có|công|cơ|cả|cấp|của|doanh|dân|gia|giám|hiệp|hiệu|huyện|hộ|hội"
    r"|hữu|khu|khác|liên|lãnh|lý|lượng|lực|môn|mục|ngang|nghiệp|nghề|ngành|nhà|nhân|những|nước|phòng|phó|phương"
    r"|phường|phố|quan|quản|quận|quốc|sở|thuộc|thành|thương|thẩm|thể|thị|toàn|trong|trung|truyền|trách|trên|trưởng"
    r"|trực|tâm|tư|tập|tỉnh|tịch|tổ|tổng|viên|viện|và|vùng|vị|xã|xí|đoàn|đình|đơn|đạo|đảng|đầu|địa|đốc|đồng|đội"
    r"|động|án|vực|kiểm|sát|tác|bạc|lâm|hiểm|tra|tòa|trường|trạm|nhóm|khoa|hạt|thôn|ấp|khối|học|sinh|người)"
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
