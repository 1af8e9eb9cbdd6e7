"""Word lists that several rules share, as parts of patterns."""

from __future__ import annotations

LOWER = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

# Nouns that are counted: a number before one of them is a quantity, not a name or a clock time.
COUNTED = (
    r"(?:phút|giờ|giây|tiếng|tuần|năm|người|hành khách|khách|chuyến|lượt|lần|chỗ|km|m|đồng|đ|vé|suất|tuổi|lít|kg|%|độ|"
    r"bước|tầng|trường hợp|học sinh|sinh viên|nghìn|ngàn|triệu|tỷ|tỉ|phần trăm|mét|ki-lô-mét|chiếc|cái|bộ|đoàn tàu)"
)
NOT_COUNTED = rf"(?!\s*{COUNTED}(?!\w))"

# What the names of trains begin with; some are also syllables (se, na), so only these are joined across a space.
TRAINS = "SE|TN|HP|LP|SPT|SP|NA|QB|DD|TH|VD|SNT|SQN|LC|YB|QT|HNP|ĐĐ"

# Places with a small number: the zero of "cửa 05" only pads it.
PLACES = (
    "cửa|cổng|quầy|ke|ke ga|đường|sân ga|bến|bãi|toa|ghế|giường|khoang|buồng|tầng|làn|hàng|dãy|cột|nhà chờ|điểm dừng|"
    "trạm|vị trí|ô|lối ra|lối vào|lối|thang|nhà|số|tháng|ngày|điều|khoản|mục|chương|phần|thứ|quý|kỳ|bước|lần|trang"
)
