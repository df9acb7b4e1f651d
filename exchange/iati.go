package exchange

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// IATI is what a file in the form of the International Aid Transparency
// Initiative (IATI Standard 2.03) says of itself.
type IATI struct {
	Publisher string // the identifier of the reporting organisation
	Name      string // of that organisation
	Generated time.Time
	NameOf    func(t message.Type, code string) string // in English
}

// IATIActivity is a partnership as the public sees it, with its need.
type IATIActivity struct {
	Partnership *cooperation.Partnership
	Need        *cooperation.Need // nil where it is not public
}

// Codes of the standard's lists.
const (
	iatiVersion      = "2.03"
	iatiGovernment   = "10" // a type of organisation
	iatiMultilateral = "40"
	iatiFunding      = "1" // a role of an organisation
	iatiImplementing = "4"
	iatiPlannedStart = "1" // a type of date
	iatiPlannedEnd   = "3"
	iatiMultination  = "3" // a scope
	iatiNational     = "4"
	iatiOwnSectors   = "99" // the reporting organisation's own vocabulary
	iatiPledge       = "12" // a type of transaction: an outgoing pledge
)

// The elements stand in the order of the standard.

type iatiNarrative struct {
	Language string `xml:"xml:lang,attr,omitempty"`
	Text     string `xml:",chardata"`
}

type iatiText struct {
	Narratives []iatiNarrative `xml:"narrative"`
}

type iatiCode struct {
	Code       string          `xml:"code,attr"`
	Vocabulary string          `xml:"vocabulary,attr,omitempty"`
	Percentage string          `xml:"percentage,attr,omitempty"`
	Narratives []iatiNarrative `xml:"narrative"`
}

type iatiOrganisation struct {
	Ref        string          `xml:"ref,attr,omitempty"`
	Type       string          `xml:"type,attr,omitempty"`
	Role       string          `xml:"role,attr,omitempty"`
	Narratives []iatiNarrative `xml:"narrative"`
}

type iatiDate struct {
	Type string `xml:"type,attr,omitempty"`
	Day  string `xml:"iso-date,attr"`
}

type iatiValue struct {
	Currency string `xml:"currency,attr"`
	Day      string `xml:"value-date,attr"`
	Amount   string `xml:",chardata"`
}

type iatiTransaction struct {
	Type     iatiCode         `xml:"transaction-type"`
	Date     iatiDate         `xml:"transaction-date"`
	Value    iatiValue        `xml:"value"`
	Provider iatiOrganisation `xml:"provider-org"`
}

type iatiActivity struct {
	XMLName       xml.Name           `xml:"iati-activity"`
	Updated       string             `xml:"last-updated-datetime,attr"`
	Language      string             `xml:"xml:lang,attr"`
	ID            string             `xml:"iati-identifier"`
	Reporting     iatiOrganisation   `xml:"reporting-org"`
	Title         iatiText           `xml:"title"`
	Description   iatiText           `xml:"description"`
	Participating []iatiOrganisation `xml:"participating-org"`
	Status        iatiCode           `xml:"activity-status"`
	Dates         []iatiDate         `xml:"activity-date"`
	Scope         iatiCode           `xml:"activity-scope"`
	Countries     []iatiCode         `xml:"recipient-country"`
	Sectors       []iatiCode         `xml:"sector"`
	Transactions  []iatiTransaction  `xml:"transaction"`
}

// WriteIATI writes partnerships as activities of the IATI Standard. What is
// pledged is an outgoing pledge on the day of the agreement; where amounts are
// withheld there is no transaction. The standard asks for shares of several
// countries and sectors, which nobody stated: they are equal.
func WriteIATI(w io.Writer, of IATI, activities iter.Seq[IATIActivity]) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", " ")
	root := xml.StartElement{Name: xml.Name{Local: "iati-activities"}, Attr: []xml.Attr{
		{Name: xml.Name{Local: "version"}, Value: iatiVersion}, {Name: xml.Name{Local: "generated-datetime"}, Value: instant(of.Generated)}}}
	if err := out.EncodeToken(root); err != nil {
		return err
	}
	for a := range activities {
		if err := out.Encode(of.activity(a)); err != nil {
			return err
		}
	}
	if err := out.EncodeToken(root.End()); err != nil {
		return err
	}
	return out.Close()
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func (of IATI) activity(a IATIActivity) iatiActivity {
	p := a.Partnership
	out := iatiActivity{Updated: instant(p.Updated), Language: "en", ID: of.Publisher + "-" + p.ID, Reporting: iatiOrganisation{Ref: of.Publisher, Type: iatiMultilateral, Narratives: []iatiNarrative{{Text: of.Name}}},
		Status: iatiCode{Code: iatiStatus(p.Status)}, Dates: iatiDates(p), Scope: iatiCode{Code: iatiNational}}
	out.Title.Narratives = []iatiNarrative{{Text: of.NameOf(message.Convention, p.Convention)}}
	if n := a.Need; n != nil {
		out.Title.Narratives = iatiTexts(n, n.Title, func(t cooperation.Translation) string { return t.Title })
		out.Description.Narratives = iatiTexts(n, n.Problem, func(t cooperation.Translation) string { return t.Problem })
		out.Countries = iatiShares(alpha2(n.Beneficiaries))
		out.Sectors = iatiShares(n.Themes)
		if len(out.Countries) > 1 {
			out.Scope.Code = iatiMultination
		}
	}
	if len(out.Description.Narratives) == 0 {
		out.Description = out.Title
	}
	for i := range out.Sectors {
		out.Sectors[i].Vocabulary = iatiOwnSectors
		out.Sectors[i].Narratives = []iatiNarrative{{Text: of.NameOf(message.Theme, out.Sectors[i].Code)}}
	}
	for i := range p.Providers {
		of.share(&out, p, &p.Providers[i])
	}
	return out
}

// share adds who gives, and what was pledged.
func (of IATI) share(out *iatiActivity, p *cooperation.Partnership, s *cooperation.Share) {
	giver := iatiOrganisation{Narratives: []iatiNarrative{{Text: of.NameOf(message.Party, string(s.Provider))}}}
	if c, ok := s.Provider.State(); ok && c.Alpha2() != "EU" {
		giver.Type = iatiGovernment
	}
	paid := giver
	giver.Role = iatiImplementing
	if s.Role == "funding" || s.Role == "" && slices.Contains(s.Kinds, cooperation.Finance) {
		giver.Role = iatiFunding
	}
	if !slices.ContainsFunc(out.Participating, func(o iatiOrganisation) bool { return o.Role == giver.Role && o.Narratives[0] == giver.Narratives[0] }) {
		out.Participating = append(out.Participating, giver)
	}
	if !s.Pledged.IsZero() {
		day := dayOf(p.Created)
		out.Transactions = append(out.Transactions, iatiTransaction{Type: iatiCode{Code: iatiPledge}, Date: iatiDate{Day: day}, Value: iatiValue{s.Pledged.Currency, day, s.Pledged.Amount}, Provider: paid})
	}
}

// iatiStatus is the step of a partnership in the standard's list: pipeline,
// implementation, closed or cancelled.
func iatiStatus(s cooperation.PartnershipStatus) string {
	switch s {
	case cooperation.PartnershipActive:
		return "2"
	case cooperation.PartnershipCompleted:
		return "4"
	case cooperation.PartnershipStopped:
		return "5"
	}
	return "1"
}

// iatiDates are the planned days. The standard asks for a beginning; where the
// terms name none it is the day of the agreement.
func iatiDates(p *cooperation.Partnership) []iatiDate {
	dates := []iatiDate{{iatiPlannedStart, cmp.Or(p.Start.String(), dayOf(p.Created))}}
	if !p.End.IsZero() {
		dates = append(dates, iatiDate{iatiPlannedEnd, p.End.String()})
	}
	return dates
}

// iatiTexts are a text of the need and its translations.
func iatiTexts(n *cooperation.Need, text string, translated func(cooperation.Translation) string) (out []iatiNarrative) {
	if text != "" {
		out = append(out, iatiNarrative{baseLanguage(n.ContentLanguage), text})
	}
	for _, language := range slices.Sorted(maps.Keys(n.Translations)) {
		if t := translated(n.Translations[language]); t != "" {
			out = append(out, iatiNarrative{language, t})
		}
	}
	return out
}

// baseLanguage is a language as ISO 639-1 names it.
func baseLanguage(l reference.Language) string {
	if len(l) > 2 {
		return string(l[:2])
	}
	return string(l)
}

// iatiShares are codes that share in an activity alike, in hundredths that add
// up to all of it; one alone has all without a word.
func iatiShares(codes []string) []iatiCode {
	out := make([]iatiCode, len(codes))
	left := 10_000
	for i, code := range codes {
		out[i].Code = code
		if share := 10_000 / len(codes); len(codes) > 1 {
			if i == len(codes)-1 {
				share = left
			}
			left -= share
			out[i].Percentage = fmt.Sprintf("%d.%02d", share/100, share%100)
		}
	}
	return out
}
