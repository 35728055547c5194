package app

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
)

// DemoPassword is the password of every account of the demonstration.
const DemoPassword = "cho-noi-2026-demo"

// cast is one person of the demonstration: a part to play, and where they belong.
type cast struct {
	Email, Name  string
	Part         string // text key of what they show
	Roles        []account.Role
	Organisation string // slug of the seed
	Manager      bool
}

// demoCast has one sign-in for each role. All names are invented.
var demoCast = []cast{
	{"thanhvien@song-hau.example", "Lê Thị Bông", "demo.member", nil, "song-hau", false},
	{"quanly@song-hau.example", "Trần Văn Cồn", "demo.manager", nil, "song-hau", true},
	{"muahang@ben-nuoc.example", "Phạm Thị Sen", "demo.buyer", nil, "ben-nuoc", true},
	{"moigioi@cau-noi.example", "Võ Minh Cầu", "demo.broker", []account.Role{account.Broker}, "cau-noi-cong-nghe", true},
	{"canbo@so-khcn.example", "Nguyễn Thị Duyệt", "demo.officer", []account.Role{account.Officer}, "so-khcn", false},
	{"giamsat@so-nong-nghiep.example", "Huỳnh Văn Soát", "demo.supervisor", []account.Role{account.Supervisor}, "so-nong-nghiep", false},
	{"thongke@so-khcn.example", "Đặng Thị Số", "demo.statistician", []account.Role{account.Statistician}, "so-khcn", false},
	{"chuongtrinh@so-khcn.example", "Bùi Văn Hạn", "demo.programme", []account.Role{account.ProgrammeOffice}, "so-khcn", false},
	{"phuong@ben-ninh.example", "Đỗ Thị Phường", "demo.ward", nil, "ubnd-phuong-ben-ninh", true},
	{"thanhtra@thanh-tra.example", "Lý Thị Xem", "demo.inspector", []account.Role{account.Inspector}, "", false},
	{"quantri@so-khcn.example", "Ngô Văn Trị", "demo.administrator", []account.Role{account.Administrator}, "so-khcn", true},
}

// seedPeople gives the demonstration its people.
func (h *House) seedPeople(tx *db.Tx, organisations map[string]string) error {
	for _, c := range demoCast {
		p := account.Person{Email: c.Email, Name: c.Name, Locale: lang.Vi, Roles: c.Roles, Password: DemoPassword}
		if c.Organisation != "" {
			p.Memberships = []account.Membership{{Organisation: organisations[c.Organisation], Manager: c.Manager}}
		}
		if _, err := h.Accounts.EnsureDemo(tx, p); err != nil {
			return err
		}
	}
	return nil
}

// DemoPerson is one sign-in of the demonstration: the e-mail, and the text key of the part played.
type DemoPerson struct{ Email, Part string }

// DemoPeople lists one sign-in for each role.
func DemoPeople() []DemoPerson {
	var all []DemoPerson
	for _, c := range demoCast {
		all = append(all, DemoPerson{c.Email, c.Part})
	}
	return all
}
