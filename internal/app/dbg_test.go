package app_test
import ("testing";"chonoi/internal/web/webtest";"net/http/httptest")
func TestDbg(t *testing.T){
	s := city(t, "sqlite")
	site := httptest.NewServer(s.Web.Handler()); defer site.Close()
	b := webtest.Open(t)
	b.See(t, site.URL+"/", webtest.View{Width:1440})
	b.Press(t, "\t\t\t")
	t.Logf("%+v", b.Focused(t, "a"))
	b.Text(t, "(() => {const c=new CSSStyleSheet(); c.replaceSync(':focus-visible{outline:none!important}'); document.adoptedStyleSheets=[c]; return ''})()")
	t.Logf("%+v", b.Focused(t, "a"))
	b.Text(t, "(() => {const c=new CSSStyleSheet(); c.replaceSync('body::after{content:\"\";position:fixed;inset:0;background:red}'); document.adoptedStyleSheets=[c]; return ''})()")
	t.Logf("%+v", b.Focused(t, "a"))
}
