package exchange

// What the tests of the acts need beside the doors.
var (
	FreshnessOn = freshness
	OpenReview  = openReview
	ReviewDue   = reviewDue
	TextLeaks   = textLeaks
)
