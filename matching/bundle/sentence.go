package bundle

import (
	"strconv"

	"entente/matching"
	"entente/message"
)

// Sentence says what the members of a bundle give together.
func (b *Bundle) Sentence(n *matching.Need) message.Message {
	key := "match.bundle.covers.kinds"
	if n.Gap > 0 {
		key = "match.bundle.covers.amount"
	}
	return message.New(key, message.List(message.Kinds, "kinds", n.Kinds.Codes()...))
}

// Sentences say what a member gives in the bundle.
func (m *Member) Sentences() []message.Message {
	all := []message.Message{message.New("match.bundle.member.gives", message.List(message.Kinds, "kinds", m.Kinds.Codes()...))}
	if m.Share > 0 {
		all = append(all, message.New("match.bundle.member.share", percent(m.Share)))
	}
	if m.Contributor {
		all = append(all, message.New("match.bundle.member.contributor"))
	}
	return all
}

// percent is the argument of a share.
func percent(share int32) message.Arg {
	return message.Of(message.Percent, "share", strconv.FormatInt(int64(share), 10))
}

// None says why there is no bundle; it is the zero message when there is one.
func (r *Report) None() message.Message {
	switch {
	case len(r.Bundles) > 0:
		return message.Message{}
	case r.Suitable == 0:
		return message.New("match.bundle.none.offers")
	case r.Missing != 0:
		return message.New("match.bundle.none.kinds", message.List(message.Kinds, "kinds", r.Missing.Codes()...))
	case r.Reach < matching.Whole:
		return message.New("match.bundle.none.amount", percent(r.Reach))
	case r.Alone > 0:
		return message.New("match.bundle.none.alone")
	default:
		return message.New("match.bundle.none.together")
	}
}

// Explain says of every part of a bundle's score why it has its value, in the
// order of the parts: how the members combine, and then, where one of them
// decides, what is said of that one alone.
func (f *Finder) Explain(n *matching.Need, b *Bundle) (all [matching.PartCount][]message.Message) {
	alone := languageFree(n)
	own := make([][]matching.Part, len(b.Members))
	for i, m := range b.Members {
		need := n
		if m.Contributor {
			need = &alone
		}
		own[i] = f.Ranker.Explain(need, m.Offer).Parts
	}
	for p := range all {
		name := matching.PartName(p)
		switch RuleOf(name) {
		case Together:
			all[p] = []message.Message{f.together(n, b, name)}
		case Mean:
			all[p] = []message.Message{message.New("match.bundle.part.mean")}
		default:
			i := decides(n, b, name, own)
			all[p] = []message.Message{
				message.New(deciding(n, name), message.Of(message.Party, "provider", string(b.Members[i].Offer.Provider))),
				own[i][p].Message,
			}
		}
	}
	return all
}

// deciding is the key of the sentence that says which member decides.
func deciding(n *matching.Need, p matching.PartName) string {
	switch {
	case RuleOf(p) == Best:
		return "match.bundle.part.best"
	case p == matching.PartLanguage && n.Kinds&^exempt != 0:
		return "match.bundle.part.least_language"
	default:
		return "match.bundle.part.least"
	}
}

// decides returns the first member whose own value is that of the bundle.
func decides(n *matching.Need, b *Bundle, p matching.PartName, own [][]matching.Part) int {
	for i, m := range b.Members {
		teaches := m.Kinds&^exempt != 0 || n.Kinds&^exempt == 0
		if own[i][p].Value == b.Parts[p].Value && (teaches || p != matching.PartLanguage) {
			return i
		}
	}
	return 0
}

// together says what the members are worth as one.
func (f *Finder) together(n *matching.Need, b *Bundle, p matching.PartName) message.Message {
	switch {
	case p == matching.PartKind:
		return message.New("match.bundle.part.kinds", message.List(message.Kinds, "kinds", n.Kinds.Codes()...))
	case p == matching.PartSize && n.Gap > 0:
		return message.New("match.bundle.part.amount")
	case p == matching.PartSize:
		return message.New("match.part.size.need_unstated")
	}
	var covered []string
	closest := make([]int32, min(len(n.Themes), matching.MaxCloseness))
	for i := range closest {
		for _, m := range b.Members {
			closest[i] = max(closest[i], f.Setting.Closeness(n, m.Offer)[i])
		}
		if closest[i] == matching.Whole {
			covered = append(covered, n.Themes[i])
		}
	}
	switch len(covered) {
	case 0:
		return message.New("match.bundle.part.themes_related", message.List(message.Themes, "themes", n.Themes...))
	case len(closest):
		return message.New("match.bundle.part.themes_all", message.List(message.Themes, "themes", covered...))
	default:
		return message.New("match.bundle.part.themes_some", message.List(message.Themes, "themes", covered...))
	}
}
