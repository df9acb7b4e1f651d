package cooperation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

// attachment is the n-th of many files.
func attachment(n int, size int64) cooperation.Attachment {
	return cooperation.Attachment{SHA256: fmt.Sprintf("%064x", n), Name: fmt.Sprintf("file %d.pdf", n), Type: "application/pdf", Size: size}
}

// bare is a need in a step of its life without files.
func bare(situation string) *cooperation.Need {
	n := needIn(situation)
	n.Attachments = nil
	return n
}

func attach(t testing.TB, n *cooperation.Need, file cooperation.Attachment) {
	t.Helper()
	got, changed, err := n.AttachFile(file, kenyaApprover, noon)
	if err != nil || !changed || got != file {
		t.Fatalf("%+v %v %v", got, changed, err)
	}
}

func TestAFileIsAttachedOnce(t *testing.T) {
	n := bare("draft")
	before := *n
	attach(t, n, attachment(1, 10))
	if n.Version != before.Version+1 || !n.Updated.Equal(noon) || len(before.Attachments) != 0 {
		t.Errorf("version %d", n.Version)
	}
	renamed := attachment(1, 10)
	renamed.Name = "another name.pdf"
	got, changed, err := n.AttachFile(renamed, kenyaFocal, noon)
	if err != nil || changed || got != attachment(1, 10) || len(n.Attachments) != 1 {
		t.Errorf("again: %+v %v %v", got, changed, err)
	}
	want := cooperation.Files{{Attachment: attachment(1, 10), Added: noon, AddedBy: kenyaApprover.ID}}
	if diff := cmp.Diff(want, n.Files); diff != "" {
		t.Error(diff)
	}
}

func TestFilesHaveLimits(t *testing.T) {
	n := bare("draft")
	if _, _, err := n.AttachFile(attachment(1, cooperation.MaxFile+1), kenyaApprover, noon); refusal(t, err).Message.Key != "error.too_large.attachment" {
		t.Error(err)
	}
	for i := range 5 {
		attach(t, n, attachment(i, cooperation.MaxFile))
	}
	_, _, err := n.AttachFile(attachment(6, 1), kenyaApprover, noon)
	if wantCode(t, err, cooperation.TooLarge); refusal(t, err).Message.Key != "error.too_large.attachments_bytes" {
		t.Error(err)
	}
	n = bare("draft")
	for i := range cooperation.MaxFiles {
		if err := n.MayAttach(kenyaApprover); err != nil {
			t.Fatal(err)
		}
		attach(t, n, attachment(i, 1))
	}
	_, _, err = n.AttachFile(attachment(11, 1), kenyaApprover, noon)
	if wantCode(t, err, cooperation.TooLarge); refusal(t, err).Message.Key != "error.too_large.attachments" {
		t.Error(err)
	}
	wantCode(t, n.MayAttach(kenyaApprover), cooperation.TooLarge)
	// What goes makes room, but not for ever.
	for i := 0; err == nil || i < 200; i++ {
		if _, err = n.DetachFile(n.Attachments[0].SHA256, kenyaApprover, noon); err != nil {
			t.Fatal(err)
		}
		if _, _, err = n.AttachFile(attachment(100+i, 1), kenyaApprover, noon); err != nil {
			break
		}
	}
	if refusal(t, err).Message.Key != "error.too_large.attachments_ever" || len(n.Files) != 200 {
		t.Errorf("%d files, %v", len(n.Files), err)
	}
}

func TestWhatIsRemovedStaysForPastVersionsAndWhatIsErasedDoesNot(t *testing.T) {
	n := bare("draft")
	attach(t, n, attachment(1, 1))
	attach(t, n, attachment(2, 2))
	first, second := attachment(1, 1), attachment(2, 2)
	if changed, err := n.DetachFile(first.SHA256, kenyaApprover, noon); !changed || err != nil {
		t.Fatal(changed, err)
	}
	_, err := n.DetachFile(first.SHA256, kenyaApprover, noon)
	wantCode(t, err, cooperation.NotFound)
	if diff := cmp.Diff([]cooperation.Attachment{second}, n.Attachments); diff != "" {
		t.Error(diff)
	}
	uses := func() map[string]bool {
		all := map[string]bool{}
		n.FileUses(func(sum string, needed bool) { all[sum] = all[sum] || needed })
		return all
	}
	if diff := cmp.Diff(map[string]bool{first.SHA256: true, second.SHA256: true}, uses()); diff != "" {
		t.Error(diff)
	}
	later := noon.Add(time.Hour)
	for _, sum := range []string{first.SHA256, second.SHA256} {
		if changed, err := n.EraseFile(sum, kenyaFocal, later); !changed || err != nil {
			t.Fatal(changed, err)
		}
		if changed, err := n.EraseFile(sum, kenyaFocal, later); changed || err != nil {
			t.Error("erased twice", changed, err)
		}
		if _, _, err := n.FileFor(kenyaFocal, sum); cooperation.CodeOf(err) != cooperation.NotFound {
			t.Errorf("an erased file can be read: %v", err)
		}
	}
	if diff := cmp.Diff(map[string]bool{first.SHA256: false, second.SHA256: false}, uses()); diff != "" {
		t.Error(diff)
	}
	for _, f := range n.Files {
		if !f.Erased.Equal(later) || f.ErasedBy != kenyaFocal.ID || f.Name == "" {
			t.Errorf("what is left of it says %+v", f)
		}
	}
	if len(n.Attachments) != 0 {
		t.Error("an erased file is still attached")
	}
	_, err = n.EraseFile(attachment(3, 1).SHA256, kenyaFocal, later)
	wantCode(t, err, cooperation.NotFound)
	// Sent again it is a new file, and that the earlier one was erased stays.
	attach(t, n, first)
	if len(n.Files) != 3 || uses()[first.SHA256] != true {
		t.Errorf("%+v", n.Files)
	}
}

func TestNewContentNamesOnlyFilesOfTheDocument(t *testing.T) {
	n := bare("draft")
	attach(t, n, attachment(1, 7))
	attach(t, n, attachment(2, 7))
	_, err := n.DetachFile(attachment(2, 7).SHA256, kenyaApprover, noon)
	ok(t, err)
	content := n.NeedContent
	content.Attachments = []cooperation.Attachment{attachment(1, 99), attachment(2, 7)}
	content.Attachments[0].Type, content.Attachments[0].Name = "text/html", "../new\u200b name"
	ok(t, n.Replace(pilot(), content, kenyaFocal, noon))
	want := []cooperation.Attachment{attachment(1, 7), attachment(2, 7)}
	want[0].Name = "new name.pdf"
	if diff := cmp.Diff(want, n.Attachments); diff != "" {
		t.Errorf("the content says more than it may:\n%s", diff)
	}
	_, err = n.EraseFile(attachment(2, 7).SHA256, kenyaFocal, noon)
	ok(t, err)
	for field, file := range map[string]cooperation.Attachment{"of nobody": attachment(3, 7), "erased": attachment(2, 7)} {
		content.Attachments = []cooperation.Attachment{attachment(1, 7), file}
		err := n.Replace(pilot(), content, kenyaFocal, noon)
		if e := refusal(t, err); e.Code != cooperation.Invalid || e.Fields[0].Field != "attachments[1].sha256" || e.Fields[0].Message.Key != "error.invalid.unknown_attachment" {
			t.Errorf("%s: %v", field, err)
		}
	}
	content.Attachments = []cooperation.Attachment{attachment(1, 7), attachment(1, 7)}
	wantField(t, n.Replace(pilot(), content, kenyaFocal, noon), "attachments[1].sha256", "error.invalid.duplicate")
	content.Attachments = nil
	ok(t, n.Replace(pilot(), content, kenyaFocal, noon))
	if len(n.Attachments) != 0 || len(n.Files) != 2 {
		t.Error("content without attachments does not take them away")
	}
	wantField(t, cooperation.NoFilesYet([]cooperation.Attachment{attachment(1, 7)}), "attachments[0].sha256", "error.invalid.unknown_attachment")
	ok(t, cooperation.NoFilesYet(nil))
}

func TestACarriedOverDocumentHasItsOwnFiles(t *testing.T) {
	n := bare("closed")
	n.Attachments, n.Files = []cooperation.Attachment{attachment(1, 7)}, cooperation.Files{{Attachment: attachment(1, 7)}, {Attachment: attachment(2, 7)}}
	draft, err := n.CarryOver(cooperation.NewID(), pilot(), kenyaFocal, noon)
	ok(t, err)
	if len(draft.Files) != 1 || draft.Attachments[0] != attachment(1, 7) {
		t.Fatalf("%+v", draft.Files)
	}
	_, err = draft.EraseFile(attachment(1, 7).SHA256, kenyaFocal, noon)
	ok(t, err)
	if _, _, err := n.FileFor(kenyaFocal, attachment(1, 7).SHA256); err != nil {
		t.Errorf("the former document has lost it: %v", err)
	}
}

func TestAReportThatIsImportedAgainLeavesTheFiles(t *testing.T) {
	content := fullNeed()
	content.Attachments = nil
	n, err := cooperation.ImportNeed("N-1", pilot(), content, secretariat, noon)
	ok(t, err)
	_, _, err = n.AttachFile(attachment(1, 7), secretariat, noon)
	ok(t, err)
	if changed, err := n.Reimport(pilot(), content, secretariat, noon); changed || err != nil || len(n.Attachments) != 1 {
		t.Errorf("%v %v, %d files", changed, err, len(n.Attachments))
	}
	content.Title = "Another title"
	if changed, err := n.Reimport(pilot(), content, secretariat, noon); !changed || err != nil || len(n.Attachments) != 1 {
		t.Errorf("%v %v, %d files", changed, err, len(n.Attachments))
	}
}

// Who may do what with files, by the step of the posting's life.
func TestWhoMayDoWhatWithFiles(t *testing.T) {
	all := map[string]cooperation.Actor{"focal": kenyaFocal, "approver": kenyaApprover, "joint": mozFocal, "secretariat": secretariat,
		"member": member, "other": franceFocal, "public": public, "reader": readOnly(kenyaApprover), "foreign": otherSecretariat}
	sum := attachment(1, 7).SHA256
	for _, c := range []struct{ situation, attach, erase, read string }{
		{"draft", "focal approver", "focal approver", "focal approver joint reader"},
		{"submitted", "", "focal approver secretariat", "focal approver joint reader secretariat"},
		{"returned", "focal approver", "focal approver secretariat", "focal approver joint reader secretariat"},
		{"open", "approver", "focal approver secretariat", "focal approver joint reader secretariat member"},
		{"closed", "", "focal approver secretariat", "focal approver joint reader secretariat member"},
	} {
		for name, actor := range all {
			fresh := func() *cooperation.Need {
				n := bare(c.situation)
				n.Attachments, n.Files = []cooperation.Attachment{attachment(1, 7)}, cooperation.Files{{Attachment: attachment(1, 7)}}
				return n
			}
			may := func(list string) bool { return strings.Contains(" "+list+" ", " "+name+" ") }
			_, _, attached := fresh().AttachFile(attachment(2, 7), actor, noon)
			_, detached := fresh().DetachFile(sum, actor, noon)
			_, erased := fresh().EraseFile(sum, actor, noon)
			_, openly, read := fresh().FileFor(actor, sum)
			for what, err := range map[string]error{"attach": attached, "detach": detached, "be told that they may": fresh().MayAttach(actor)} {
				if (err == nil) != may(c.attach) {
					t.Errorf("%s, %s: %s: %v", c.situation, name, what, err)
				}
			}
			if (erased == nil) != may(c.erase) {
				t.Errorf("%s, %s: erase: %v", c.situation, name, erased)
			}
			if (read == nil) != may(c.read) || openly {
				t.Errorf("%s, %s: read: %v, openly %v", c.situation, name, read, openly)
			}
			if seen := cooperation.SeesNeed(actor, fresh()).Any(); !seen {
				wantCode(t, attached, cooperation.NotFound)
				wantCode(t, erased, cooperation.NotFound)
			}
		}
	}
}

func TestFilesAreForThoseWhoSeeTheField(t *testing.T) {
	for audience, readers := range map[cooperation.Audience][]cooperation.Actor{
		cooperation.ToPublic: {public, franceFocal, member, kenyaFocal}, cooperation.ToParties: {franceFocal, member, kenyaFocal}, cooperation.ToOwn: {kenyaFocal, secretariat},
	} {
		n := bare("open")
		n.Visibility = map[string]cooperation.Audience{"attachments": audience}
		n.Attachments = []cooperation.Attachment{attachment(1, 7)}
		n.Files = cooperation.Files{{Attachment: attachment(1, 7)}, {Attachment: attachment(2, 7)}}
		o := offerIn("open", cooperation.Indication)
		o.Visibility, o.Attachments, o.Files = n.Visibility, n.Attachments, n.Files
		for _, actor := range []cooperation.Actor{public, franceFocal, member, kenyaFocal, franceProvider, secretariat} {
			_, openly, err := n.FileFor(actor, attachment(1, 7).SHA256)
			may := actor.ID == secretariat.ID
			for _, r := range readers {
				may = may || r.ID == actor.ID
			}
			if actor.ID == franceProvider.ID {
				may = audience != cooperation.ToOwn
			}
			if (err == nil) != may || openly != (audience == cooperation.ToPublic) {
				t.Errorf("for %s, %q: %v, openly %v", audience, actor.ID, err, openly)
			}
			// A file of past versions is for its own side.
			_, _, err = n.FileFor(actor, attachment(2, 7).SHA256)
			if own := actor.ID == kenyaFocal.ID || actor.ID == secretariat.ID; (err == nil) != own {
				t.Errorf("for %s, %q: a past file: %v", audience, actor.ID, err)
			}
			_, _, err = o.FileFor(actor, attachment(2, 7).SHA256)
			if own := actor.ID == franceProvider.ID || actor.ID == secretariat.ID; (err == nil) != own {
				t.Errorf("for %s, %q: a past file of an offer: %v", audience, actor.ID, err)
			}
			if shown, _ := n.Shown(actor); shown != nil && cooperation.SeesNeed(actor, n) != cooperation.SeesAll && shown.Files != nil {
				t.Errorf("%q is told of all files", actor.ID)
			}
			if shown, _ := o.Shown(actor); shown != nil && cooperation.SeesOffer(actor, o) != cooperation.SeesAll && shown.Files != nil {
				t.Errorf("%q is told of all files", actor.ID)
			}
		}
	}
}

func TestOffersHaveFilesAsNeedsDo(t *testing.T) {
	o := offerIn("draft", cooperation.Indication)
	o.Attachments = nil
	ok(t, o.MayAttach(franceProvider))
	_, changed, err := o.AttachFile(attachment(1, 7), franceProvider, noon)
	if err != nil || !changed || o.Version != 8 {
		t.Fatal(changed, err)
	}
	_, _, err = o.AttachFile(attachment(2, 7), kenyaFocal, noon)
	wantCode(t, err, cooperation.NotFound)
	wantCode(t, o.MayAttach(kenyaFocal), cooperation.NotFound)
	content := o.OfferContent
	content.Attachments = []cooperation.Attachment{attachment(3, 7)}
	wantField(t, o.Replace(pilot(), content, franceProvider, noon), "attachments[0].sha256", "error.invalid.unknown_attachment")
	changed, err = o.DetachFile(attachment(1, 7).SHA256, franceProvider, noon)
	if err != nil || !changed || len(o.Attachments) != 0 {
		t.Error(changed, err)
	}
	changed, err = o.EraseFile(attachment(1, 7).SHA256, franceProvider, noon)
	if err != nil || !changed || o.Files[0].Erased.IsZero() {
		t.Error(changed, err)
	}
	open := offerIn("open", cooperation.Indication)
	_, err = open.EraseFile(open.Attachments[0].SHA256, member, noon)
	wantCode(t, err, cooperation.Forbidden)
	_, err = open.EraseFile(open.Attachments[0].SHA256, secretariat, noon)
	ok(t, err)
}
