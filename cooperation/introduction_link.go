package cooperation

import (
	"strconv"
	"strings"
)

// LinkReply answers an introduction for somebody who is asked, without signing
// in. It is worked out and stored nowhere: it opens nothing once its side has
// acted, its time is over, or its person has other credentials or another role.
const LinkReply LinkPurpose = "reply"

// ReplyLinkID is the id of the link by which a person may answer for somebody
// who is asked.
func ReplyLinkID(x *Introduction, place int, u *User) string {
	return strings.Join([]string{x.ID, u.ID, strconv.Itoa(place), strconv.Itoa(x.Asked[place].Acts), strconv.FormatUint(u.Epoch, 10)}, "-")
}

// ReadReplyLink reads whose link an id is, and to which introduction; false when
// it is the id of none. Whether it opens anything is for Introduction.Opens.
func ReadReplyLink(id string) (introduction, user string, ok bool) {
	introduction, rest, ok := strings.Cut(id, "-")
	for range 3 { // the person's id may hold the mark itself
		cut := strings.LastIndexByte(rest, '-')
		if cut < 0 {
			return "", "", false
		}
		rest = rest[:cut]
	}
	return introduction, rest, ok && ValidID(introduction) && rest != ""
}

// Opens reports for which of those who are asked a link with the id is good: its
// person still acts for it, and it has neither answered nor asked since.
func (x *Introduction) Opens(id string, u *User) (place int, ok bool) {
	a := ActorOf(u, false)
	if a.IsPublic() || u.Service || !x.Under() {
		return 0, false
	}
	for i := range x.Asked {
		if w := &x.Asked[i]; w.Reply == "" && ownerOf(w.Asked).Is(a, x.Convention) && ReplyLinkID(x, i, u) == id {
			return i, true
		}
	}
	return 0, false
}
