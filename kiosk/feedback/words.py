"""What the screens call feedback: faces, topics, kinds, states, mistakes, and what somebody agrees to."""

from __future__ import annotations

from kiosk.language.words import Table

MOODS = Table({"good": "Hài lòng", "fair": "Bình thường", "bad": "Chưa hài lòng"})
TOPICS = Table(
    {
        "service": ("Dịch vụ", "vé, giờ tàu xe, chỉ dẫn"),
        "place": ("Chỗ này", "vệ sinh, ghế, đèn, lối đi"),
        "rule": ("Quy tắc ứng xử", "một điều nên hoặc không nên làm"),
        "official": ("Cán bộ, nhân viên", "thái độ, cách làm việc"),
        "deed": ("Một việc tốt", "ai đó đã giúp người khác"),
    }
)
KINDS = Table(
    {
        "suggestion": "Góp ý",
        "report": "Phản ánh, kiến nghị",
        "praise": "Khen",
        "complaint": "Khiếu nại",
        "denunciation": "Tố cáo",
        "urgent": "Khẩn",
    }
)
STATES = Table(  # as travellers read them
    {
        "mark": "Đã ghi nhận.",
        "open": "Đã nhận, đang chờ nhân viên tiếp nhận.",
        "accepted": "Nhân viên đã tiếp nhận và đang xử lý.",
        "waiting": "Nhân viên đang chờ quý khách trả lời thêm.",
        "answered": "Đã có trả lời.",
        "merged": "Được xử lý chung với một góp ý khác về cùng việc này.",
    }
)
ACTS = Table(  # what happened, as travellers read it
    {
        "received": "Đã nhận",
        "accepted": "Nhân viên đã tiếp nhận",
        "forwarded": "Đã chuyển đến nơi có trách nhiệm",
        "asked": "Nhân viên hỏi thêm",
        "replied": "Quý khách viết thêm",
        "answered": "Trả lời",
        "satisfied": "Quý khách hài lòng với câu trả lời",
        "unsatisfied": "Quý khách chưa hài lòng với câu trả lời",
        "merged": "Xử lý chung với một góp ý khác",
    }
)
MISTAKES = Table(
    {
        "nothing": "Hãy viết vài lời, hoặc gửi một bức ảnh.",
        "long": "Lời viết dài quá 2000 ký tự. Hãy viết ngắn hơn một chút; những gì đã viết vẫn còn đây.",
        "topic": "Hãy chọn một việc.",
        "kind": "Hãy chọn loại góp ý.",
        "large": "Ảnh này lớn quá. Hãy chọn ảnh khác; những gì đã viết vẫn còn đây.",
        "broken": "Tệp này không phải ảnh mà máy đọc được. Những gì đã viết vẫn còn đây.",
        "many-photos": "Mỗi góp ý có nhiều nhất bốn ảnh.",
        "many-replies": "Quý khách đã viết thêm nhiều lần. Xin gặp nhân viên, hoặc gửi một góp ý mới.",
        "no-consent": "Hãy đánh dấu ít nhất một việc mà quý khách đồng ý; nếu không, chúng tôi không giữ cách liên hệ.",
        "no-contact": "Hãy ghi số điện thoại hoặc thư điện tử.",
        "name": "Tên dài quá.",
        "phone": "Số điện thoại gồm 8 đến 15 chữ số.",
        "email": "Địa chỉ thư điện tử chưa đúng, ví dụ ten@vi-du.vn.",
        "code": "Mã chưa đúng. Xin xem lại từng ký tự: mã không có số 0, số 1 và các chữ I, L, O.",
        "unknown-code": "Không có góp ý nào mang mã này, hoặc đã được xóa.",
        "guessing": "Đã nhập sai nhiều lần. Xin thử lại sau mười phút.",
        "sound-unknown": "Máy không đọc được tiếng vừa ghi. Xin nói lại, hoặc gõ lời.",
        "sound-silent": "Không nghe thấy tiếng nói nào. Xin nói gần micro hơn, hoặc gõ lời.",
        "sound-long": "Lời nói dài quá một phút. Xin nói ngắn hơn.",
        "not-answered": "Góp ý này chưa có trả lời.",
        "too-many": "Nơi này đang gửi quá nhiều góp ý. Xin thử lại sau vài phút, hoặc gặp nhân viên.",
    }
)
PURPOSES = Table(  # what may be agreed to, each by itself
    {
        "answer": "Gọi hoặc viết cho tôi để trả lời góp ý này.",
        "ask": "Hỏi tôi thêm nếu chưa rõ.",
        "forward": "Cho đơn vị chịu trách nhiệm biết cách liên hệ với tôi.",
    }
)
