package sense

import (
	"slices"
	"testing"
)

func roles(all []Assignment) []string {
	var out []string
	for _, a := range all {
		one := string(a.Role) + " " + a.Body
		if a.Class {
			one += " *"
		}
		out = append(out, one)
	}
	return out
}

func TestRolesAsASentencePrintsThem(t *testing.T) {
	for text, want := range map[string][]string{
		"Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính, Sở Văn hóa, Thể thao và Du lịch và các cơ quan, đơn vị có liên quan tham mưu Ủy ban nhân dân thành phố ban hành kế hoạch.": {
			"lead Sở Khoa học và Công nghệ", "coordinate Sở Tài chính", "coordinate Sở Văn hóa, Thể thao và Du lịch", "coordinate các cơ quan, đơn vị có liên quan *"},
		"Sở Khoa học và Công nghệ là cơ quan đầu mối, chịu trách nhiệm theo dõi":         {"lead Sở Khoa học và Công nghệ"},
		"Sở Nông nghiệp và Môi trường, Sở Công Thương chủ trì xây dựng đề án.":           {"lead Sở Nông nghiệp và Môi trường", "lead Sở Công Thương"},
		"UBND các xã, phường căn cứ kế hoạch này xây dựng kế hoạch cụ thể.":              {"lead UBND các xã, phường *"},
		"Các sở, ban, ngành thành phố, UBND các xã, phường tổ chức triển khai thực hiện": {"lead Các sở, ban, ngành thành phố *", "lead UBND các xã, phường *"},
		"Văn phòng Thành ủy phối hợp với Ban Tổ chức Thành ủy theo dõi":                  {"lead Văn phòng Thành ủy", "coordinate Ban Tổ chức Thành ủy"},
		"Ban Thường vụ Thành ủy giao Đảng ủy Ủy ban nhân dân thành phố lãnh đạo, chỉ đạo Sở Khoa học và Công nghệ triển khai": {
			"lead Đảng ủy Ủy ban nhân dân thành phố", "execute Sở Khoa học và Công nghệ"},
		"Đảng ủy phường Ninh Kiều lãnh đạo Ủy ban nhân dân phường Ninh Kiều tổ chức thực hiện":    {"lead Đảng ủy phường Ninh Kiều", "execute Ủy ban nhân dân phường Ninh Kiều"},
		"Thủ trưởng các sở, ban, ngành chịu trách nhiệm thực hiện":                                {"lead Thủ trưởng các sở, ban, ngành *"},
		"Ban Chỉ đạo thành phố về chuyển đổi số chỉ đạo các cấp ủy, tổ chức đảng":                 {"lead Ban Chỉ đạo thành phố về chuyển đổi số", "execute các cấp ủy, tổ chức đảng *"},
		"Trung tâm Ứng dụng tiến bộ khoa học và công nghệ thành phố Cần Thơ tổ chức vận hành sàn": {"lead Trung tâm Ứng dụng tiến bộ khoa học và công nghệ thành phố Cần Thơ"},
		"Các sở: Tài chính, Nội vụ, Y tế có trách nhiệm bố trí kinh phí":                          {"lead Sở Tài chính", "lead Sở Nội vụ", "lead Sở Y tế"},
		"Kinh phí do Sở Tài chính chủ trì, cân đối":                                               {"lead Sở Tài chính"},
		"Cơ quan chủ trì: Sở Y tế; cơ quan phối hợp: Sở Tài chính, Công an thành phố":             {"lead Sở Y tế", "coordinate Sở Tài chính", "coordinate Công an thành phố"},
		"Sở Y tế chủ trì, Sở Nội vụ phối hợp":                                                     {"lead Sở Y tế", "coordinate Sở Nội vụ"},
		"Tăng cường vai trò của Hội đồng nhân dân các cấp trong giám sát":                         {"lead Hội đồng nhân dân các cấp *"},
		"Chánh Văn phòng Ủy ban nhân dân thành phố, Giám đốc Sở Y tế, Thủ trưởng các sở, ban, ngành;": {
			"lead Chánh Văn phòng Ủy ban nhân dân thành phố", "lead Giám đốc Sở Y tế", "lead Thủ trưởng các sở, ban, ngành *"},
		"Giám đốc các Sở, Ban, ngành, đoàn thể có liên quan;": {"lead Giám đốc các Sở, Ban, ngành, đoàn thể có liên quan *"},
		"Chủ tịch Ủy ban nhân dân các xã, phường và các đơn vị, tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.": {
			"lead Chủ tịch Ủy ban nhân dân các xã, phường *", "lead các đơn vị, tổ chức, cá nhân có liên quan *"},
		"Đảng ủy xã, phường lãnh đạo việc tổ chức thực hiện.":          {"lead Đảng ủy xã, phường *"},
		"Đảng ủy phường lãnh đạo các chi bộ trực thuộc quán triệt":     {"lead Đảng ủy phường", "execute các chi bộ trực thuộc *"},
		"UBND xã, phường chịu trách nhiệm thực hiện":                   {"lead UBND xã, phường *"},
		"UBND phường Ninh Kiều, UBND xã Phong Điền chủ động thực hiện": {"lead UBND phường Ninh Kiều", "lead UBND xã Phong Điền"},
		"Phòng Văn hóa - Xã hội chủ trì, phối hợp với Phòng Kinh tế, Hạ tầng và Đô thị và Trung tâm Phục vụ hành chính công phường tham mưu.": {
			"lead Phòng Văn hóa - Xã hội", "coordinate Phòng Kinh tế, Hạ tầng và Đô thị", "coordinate Trung tâm Phục vụ hành chính công phường"},
		"Hỗ trợ các doanh nghiệp, viện nghiên cứu, trường đại học đổi mới công nghệ": nil,
		"Đẩy mạnh phối hợp nghiên cứu với các trường đại học":                        nil,
		"nâng cao nhận thức của cấp ủy, tổ chức đảng":                                nil,
		"Sở hữu trí tuệ được bảo vệ":                                                 nil,
		"Ban hành kế hoạch":            nil,
		"Hội nghị tổ chức tại Cần Thơ": nil,
		"Bộ máy tổ chức gọn nhẹ":       nil,
	} {
		if got := roles(Assignments(text, Options{})); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestBodiesInACell(t *testing.T) {
	for text, want := range map[string][]string{
		"Sở KH&CN; Sở NN&MT": {"lead Sở KH&CN", "lead Sở NN&MT"},
		"Sở Khoa học và Công nghệ, Sở Tài chính và UBND các xã, phường":                  {"lead Sở Khoa học và Công nghệ", "lead Sở Tài chính", "lead UBND các xã, phường *"},
		"Sở Văn hóa, Thể thao và Du lịch, Sở Y tế":                                       {"lead Sở Văn hóa, Thể thao và Du lịch", "lead Sở Y tế"},
		"Văn phòng Thành ủy\nBan Tổ chức Thành ủy":                                       {"lead Văn phòng Thành ủy", "lead Ban Tổ chức Thành ủy"},
		"Các Sở, ngành liên quan, UBND cấp xã":                                           {"lead Các Sở, ngành liên quan *", "lead UBND cấp xã *"},
		"VNPT Cần Thơ, Viettel Cần Thơ":                                                  {"lead VNPT Cần Thơ", "lead Viettel Cần Thơ"},
		"Trung tâm Thông tin, Thống kê và Chuyển giao công nghệ; Trường Đại học Cần Thơ": {"lead Trung tâm Thông tin, Thống kê và Chuyển giao công nghệ", "lead Trường Đại học Cần Thơ"},
		"Chủ trì: Sở Y tế; phối hợp: Sở Tài chính":                                       {"lead Sở Y tế", "coordinate Sở Tài chính"},
		"Sở Y tế (chủ trì), Sở Tài chính (phối hợp)":                                     {"lead Sở Y tế", "coordinate Sở Tài chính"},
		"Ban Quản lý dự án đầu tư xây dựng và phát triển đô thị":                         {"lead Ban Quản lý dự án đầu tư xây dựng và phát triển đô thị"},
		"Đảng ủy, UBND xã Phong Điền":                                                    {"lead Đảng ủy", "lead UBND xã Phong Điền"},
		"Sở Lao động - Thương binh và Xã hội và Sở Nội vụ.":                              {"lead Sở Lao động - Thương binh và Xã hội", "lead Sở Nội vụ"},
		"-": nil,
	} {
		if got := roles(Assignments(text, Options{Place: LeadCell})); !slices.Equal(got, want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestHeadingsThatNameABody(t *testing.T) {
	for text, want := range map[string][]string{
		"Sở Khoa học và Công nghệ":                                  {"lead Sở Khoa học và Công nghệ"},
		"Giao Sở Y tế:":                                             {"lead Sở Y tế"},
		"Trách nhiệm của Ủy ban nhân dân các xã, phường":            {"lead Ủy ban nhân dân các xã, phường *"},
		"Sở Y tế chủ trì, phối hợp với Sở Nội vụ:":                  {"lead Sở Y tế", "coordinate Sở Nội vụ"},
		"Đối với các sở, ban, ngành":                                {"lead các sở, ban, ngành *"},
		"Tăng cường sự lãnh đạo của Đảng":                           nil,
		"Thúc đẩy phát triển thị trường khoa học và công nghệ":      nil,
		"Nâng cao tiềm lực khoa học, công nghệ và đổi mới sáng tạo": nil,
	} {
		if got := roles(Assignments(text, Options{Place: Heading})); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsCarriedComesBackAsInherited(t *testing.T) {
	above := Assignments("Sở Y tế:", Options{Place: Heading})
	got := Assignments("xây dựng kế hoạch; phối hợp với Sở Nội vụ", Options{Carried: above})
	if !slices.Equal(roles(got), []string{"lead Sở Y tế", "coordinate Sở Nội vụ"}) || !got[0].Inherited || got[1].Inherited {
		t.Errorf("%+v", got)
	}
	if got := roles(Assignments("Giao Sở Nội vụ theo dõi", Options{Carried: above})); !slices.Equal(got, []string{"lead Sở Nội vụ"}) {
		t.Errorf("a lead of its own: %q", got)
	}
}

func TestTwoPrintingsOfOneBodyHaveOneKey(t *testing.T) {
	for _, one := range [][2]string{
		{"Các quận ủy, huyện ủy", "quận uỷ, huyện uỷ"}, {"UBND TP. Cần Thơ", "Ủy ban nhân dân thành phố Cần Thơ"},
		{"Sở KH&CN", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"}, {"Sở Văn hoá, Thể thao và Du lịch;", "Sở Văn hóa, Thể thao và Du lịch"},
		{"Các đ/c Ủy viên BTV Thành ủy", "các đồng chí ủy viên Ban Thường vụ Thành uỷ"}, {"- Quý cơ quan", "quý cơ quan"},
	} {
		if a, b := BodyKey(one[0]), BodyKey(one[1]); a != b || a == "" {
			t.Errorf("%q and %q: %q, %q", one[0], one[1], a, b)
		}
	}
}
