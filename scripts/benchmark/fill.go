package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"entente/cooperation"
	"entente/notify"
	"entente/platform"
	"entente/profiles"
	"entente/reference"
	"entente/store/sqlite"
)

// themes, kinds and languages of the generated postings: a few are frequent,
// as in real data.
var (
	themes    = []string{"fctc-art17", "fctc-art9", "fctc-art10", "fctc-art19", "fctc-art6", "fctc-art18", "fctc-art20", "fctc-art14", "fctc-art13", "fctc-art8"}
	kinds     = []cooperation.Kind{cooperation.Expertise, cooperation.Training, cooperation.Equipment, cooperation.Finance, cooperation.Legal, cooperation.Research}
	languages = []reference.Language{"en", "fr", "ar", "es", "ru", "pt", "zh"}
	states    = []string{"AO", "MZ", "TD", "CD", "KH", "LA", "PE", "SN", "TJ", "UA", "VN", "YE", "NO", "JP", "DE", "FR", "BR", "AU", "CA", "TR"}
)

// skew picks one of n, the first ones more often: the n-th of a harmonic
// series, from a fixed sequence.
func skew(i, salt, n int) int {
	x := uint64(i*2654435761+salt*40503) * 0x9E3779B97F4A7C15
	r := float64(x>>11) / (1 << 53)
	return int(float64(n) * r * r)
}

// withProposals is up to how many documents the matcher runs over them: enough
// for the pages that are measured.
const withProposals = 10_000

// linkFile holds the link by which the focal point signs in to the pages.
const linkFile = "link"

// fill makes a store with so many documents, half needs and half offers. Where
// they are no more than withProposals, the matcher has run over them and the
// token of a focal point of Angola is returned.
func fill(ctx context.Context, folder string, documents int) (token string, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	s, err := sqlite.Open(ctx, "sqlite://"+filepath.Join(folder, "entente.db"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		return "", err
	}
	on, err := platform.Open(ctx, platform.Options{Store: s, Conventions: set.All(), Teller: notify.NewTeller()})
	if err != nil {
		return "", err
	}
	defer on.Close()
	operator := cooperation.System("benchmark")
	needs, offers := postings(documents / 2)
	if r, err := on.ImportNeeds(ctx, operator, needs, false); err != nil || len(r.Errors) > 0 {
		return "", fmt.Errorf("needs: %d errors, %w", len(r.Errors), err)
	}
	if r, err := on.ImportOffers(ctx, operator, offers, false); err != nil || len(r.Errors) > 0 {
		return "", fmt.Errorf("offers: %d errors, %w", len(r.Errors), err)
	}
	if documents > withProposals {
		return "", nil
	}
	if _, err := on.Run(ctx, operator, "fctc", platform.RunOptions{Trigger: "command"}); err != nil {
		return "", err
	}
	u, err := on.CreateUser(ctx, operator, cooperation.User{Name: "focal point", Language: "en",
		Grants: []cooperation.Grant{{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "AO"}}})
	if err != nil {
		return "", err
	}
	link, err := on.IssueLink(ctx, cooperation.LinkSignIn, u.ID, 24*time.Hour)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(folder, linkFile), []byte(on.LinkSecret(link)), 0o600); err != nil {
		return "", err
	}
	token, _, err = on.CreateToken(ctx, operator, u.ID, "benchmark", false, 24*time.Hour)
	return token, err
}

func postings(n int) ([]cooperation.ImportRow[cooperation.NeedContent], []cooperation.ImportRow[cooperation.OfferContent]) {
	needs := make([]cooperation.ImportRow[cooperation.NeedContent], n)
	offers := make([]cooperation.ImportRow[cooperation.OfferContent], n)
	for i := range n {
		state, _ := reference.ParseCountry(states[skew(i, 1, 12)])
		provider := states[12+skew(i, 2, 8)]
		theme, kind := themes[skew(i, 3, len(themes))], kinds[skew(i, 4, len(kinds))]
		needs[i] = cooperation.ImportRow[cooperation.NeedContent]{Line: i + 2, ExternalID: fmt.Sprintf("need-%06d", i), Convention: "fctc", Content: cooperation.NeedContent{
			Beneficiaries: []reference.Country{state}, Title: fmt.Sprintf("Assistance number %d with %s for %s", i, kind, theme),
			Problem: "The authority has rules but neither the trained staff nor the instruments to apply them, and the laboratory sends samples abroad.",
			Themes:  []string{theme}, Kinds: []cooperation.Outcome{{Kind: kind}},
			Languages: []cooperation.LanguageWish{{Language: languages[skew(i, 5, len(languages))], Strength: cooperation.Required}}}}
		offers[i] = cooperation.ImportRow[cooperation.OfferContent]{Line: i + 2, ExternalID: fmt.Sprintf("offer-%06d", i), Convention: "fctc", Content: cooperation.OfferContent{
			Provider: cooperation.Participant(provider), Title: fmt.Sprintf("Experience number %d in %s", i, theme), Description: "Advisers, courses and exchanges of laboratory staff.",
			Themes: []string{themes[skew(i, 6, len(themes))]}, Kinds: []cooperation.Outcome{{Kind: kinds[skew(i, 7, len(kinds))]}},
			Languages: []reference.Language{languages[skew(i, 8, len(languages))]}}}
	}
	return needs, offers
}

// fresh copies a filled store, so that every run begins with the same; from
// "" it is an empty folder.
func fresh(folder, from string) (string, error) {
	to, err := os.MkdirTemp(folder, "store-")
	if err != nil || from == "" {
		return to, err
	}
	return to, os.CopyFS(to, os.DirFS(from))
}
