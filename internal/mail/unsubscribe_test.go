package mail_test

import (
	"strings"
	"testing"
	"time"

	"chonoi/internal/lang"
	"chonoi/internal/mail"
)

func TestALetterThatCanBeStoppedSaysSoToTheServer(t *testing.T) {
	o := &office{}
	address, roots := o.open(t, false)
	sender, err := mail.NewSMTP(mail.Server{Address: address, Security: mail.STARTTLS, Roots: roots, Timeout: 5 * time.Second}, desk)
	must(t, err)
	l := letter(t)
	l.Unsubscribe = "https://chonoi.example/en/unsubscribe/sealed.0123456789abcdef." + strings.Repeat("Ab_-9", 40)
	must(t, sender.Send(t.Context(), l))
	got := read(t, o.letters[0])
	if told := got.Header.Get("List-Unsubscribe"); told != "<"+l.Unsubscribe+">" {
		t.Errorf("List-Unsubscribe %q", told)
	}
	if told := got.Header.Get("List-Unsubscribe-Post"); told != "List-Unsubscribe=One-Click" {
		t.Errorf("List-Unsubscribe-Post %q", told)
	}
	must(t, sender.Send(t.Context(), letter(t)))
	if plain := read(t, o.letters[1]); plain.Header.Get("List-Unsubscribe") != "" || plain.Header.Get("List-Unsubscribe-Post") != "" {
		t.Error("a letter that answers an act can be stopped")
	}
}

func TestAPieceOfALetterKeepsWhatItWasMadeOf(t *testing.T) {
	piece := mail.Fragment(words(t), lang.En, "letter.enquiry.subject", "Who", "*Lan*", "Offer", mail.Markdown("[dryer](https://chonoi.example/1)"))
	if want := `\*Lan\* enquires about “[dryer](https://chonoi.example/1)”`; string(piece) != want {
		t.Errorf("%q, want %q", piece, want)
	}
}
