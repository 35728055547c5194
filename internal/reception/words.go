package reception

import (
	"context"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/web/parts"
)

// key is the text that tells what somebody is in an organisation.
func (s seat) key() string {
	switch {
	case s.asked:
		return "reception.seat_asked"
	case s.manager:
		return "role.manager"
	}
	return "role.member"
}

func memberKey(m account.Colleague) string {
	return seat{asked: m.Since.IsZero(), manager: m.Manager}.key()
}

// used tells when a passkey was last used.
func used(ctx context.Context, p account.Passkey) string {
	if p.Used.IsZero() {
		return parts.T(ctx, "reception.passkey_unused", "Made", lang.Date(parts.Lang(ctx), p.Created))
	}
	return parts.T(ctx, "reception.passkey_used", "Used", lang.DateTime(parts.Lang(ctx), p.Used))
}

// telephone is the address that dials a number.
func telephone(number string) string {
	return "tel:" + strings.Map(func(r rune) rune {
		if r == '+' || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, number)
}

// browser names the program and the machine that a session runs in.
func browser(ctx context.Context, agent string) string {
	return browserName(func(key string, args ...any) string { return parts.T(ctx, key, args...) }, agent)
}

// browserName names them as far as they tell of themselves.
func browserName(text func(key string, args ...any) string, agent string) string {
	named := func(pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			if strings.Contains(agent, pairs[i]) {
				return pairs[i+1]
			}
		}
		return ""
	}
	program := named("Edg/", "Edge", "OPR/", "Opera", "coc_coc", "Cốc Cốc", "Firefox", "Firefox", "Chrome", "Chrome", "Safari", "Safari")
	machine := named("Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS", "macOS", "Linux", "Linux")
	switch {
	case program != "" && machine != "":
		return text("reception.browser_on", "Browser", program, "Machine", machine)
	case program+machine != "":
		return program + machine
	}
	return text("reception.browser_unknown")
}
