package cooperation_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

var keyForm = regexp.MustCompile(`^(error|unspecific)\.[a-z_]+(\.[a-z_]+)?$`)

// keysInSource are the whole keys of messages among the string literals of
// this package; hints are written without their first part.
func keysInSource(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	ok(t, err)
	var keys []string
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		ok(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && keyForm.MatchString(s) {
					keys = append(keys, s)
				}
			case *ast.CallExpr:
				if f, isName := n.Fun.(*ast.Ident); isName && f.Name == "hint" {
					if l, isText := n.Args[2].(*ast.BasicLit); isText {
						s, _ := strconv.Unquote(l.Value)
						keys = append(keys, "unspecific."+s)
					}
				}
			}
			return true
		})
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func TestEveryKeyInTheSourceHasItsTextInSixLanguages(t *testing.T) {
	keys := keysInSource(t)
	for _, known := range []string{"error.invalid.own_side", "error.state.refused", "error.forbidden.action", "unspecific.problem", "unspecific.theme"} {
		if !slices.Contains(keys, known) {
			t.Errorf("the search does not find %s: it would miss others too", known)
		}
	}
	i18ntest.Has(t, keys...)
}

func TestEveryKeyThatIsPutTogetherHasItsTextInSixLanguages(t *testing.T) {
	var keys []string
	for _, k := range cooperation.Kinds() {
		keys = append(keys, "unspecific.change."+string(k), "kind."+string(k))
	}
	for _, a := range cooperation.PostingActions() {
		keys = append(keys, "action.need."+string(a), "action.offer."+string(a))
	}
	keys = append(keys, "action.proposal.revive", "action.proposal.supersede")
	for _, s := range cooperation.NeedStatuses() {
		keys = append(keys, "status.need."+string(s))
	}
	for _, s := range cooperation.OfferStatuses() {
		keys = append(keys, "status.offer."+string(s))
	}
	for _, s := range cooperation.ProposalStatuses() {
		keys = append(keys, "status.proposal."+string(s))
	}
	for _, s := range cooperation.PartnershipStatuses() {
		keys = append(keys, "status.partnership."+string(s))
	}
	i18ntest.Has(t, keys...)
}

func TestEveryRefusalByTheStepCanBePutIntoWords(t *testing.T) {
	for _, situation := range needSituations {
		for _, action := range needActions {
			for _, actor := range []cooperation.Actor{kenyaApprover, secretariat, clock, public} {
				if err := tryNeed(needIn(situation), action, actor); err != nil {
					rendered(t, refusal(t, err))
				}
			}
		}
	}
	for _, situation := range offerSituations {
		for _, action := range needActions {
			for _, actor := range []cooperation.Actor{franceApprover, secretariat, clock, public} {
				if err := tryOffer(offerIn(situation, cooperation.Indication), action, actor); err != nil {
					rendered(t, refusal(t, err))
				}
			}
		}
	}
}
