package sense

import "testing"

// BenchmarkAClause reads one clause of the plan with every reader.
func BenchmarkAClause(b *testing.B) {
	text := "Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính xây dựng đề án theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, hỗ trợ ít nhất 50 doanh nghiệp trước ngày 30/6/2026."
	for b.Loop() {
		Citations(text)
		Deadlines(text)
		Quantities(text)
		Deliverables(text)
		Assignments(text, Options{})
		TimeWords(text)
	}
}
