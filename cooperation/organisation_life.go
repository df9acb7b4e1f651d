package cooperation

import (
	"slices"
	"strings"
	"time"
)

// ApplyOrganisation enters an organisation: somebody of it applies, or the
// secretariat enters it. Admission is a decision of its own.
func ApplyOrganisation(id string, conv *Convention, content OrganisationContent, actor Actor, now time.Time) (*Organisation, error) {
	o := &Organisation{Meta: newMeta(id, conv.ID, actor, now), OrganisationContent: content, Status: OrganisationApplied, Source: FromApplication}
	if err := authorise(MayOrganisation(actor, Create, o)); err != nil {
		return nil, err
	}
	if err := content.check(id); err != nil {
		return nil, err
	}
	if actor.Has(conv.ID, Secretariat) {
		o.Source = FromSecretariat
	}
	return o, nil
}

// RegisterOrganisation is an organisation that an import of the secretariat
// names and that the convention does not know yet: admitted, under its id until
// somebody says its name, with the declarations that the file gives.
func RegisterOrganisation(conv *Convention, id string, declarations []string, actor Actor, now time.Time) (*Organisation, error) {
	content := OrganisationContent{Name: id, Sort: Institutional}
	o := &Organisation{Meta: newMeta(id, conv.ID, actor, now), OrganisationContent: content, Status: OrganisationAdmitted,
		Source: FromImport, Admitted: stamp(now)}
	if err := authorise(MayOrganisation(actor, Import, o)); err != nil {
		return nil, err
	}
	if err := content.check(id); err != nil {
		return nil, err
	}
	o.state(conv, declarations, actor, now)
	return o, nil
}

// StateImported notes the declarations that an import of the secretariat gives
// for an organisation that is known, and reports whether any is new.
func (o *Organisation) StateImported(conv *Convention, declarations []string, actor Actor, now time.Time) bool {
	if !MayOrganisation(actor, Import, o) || !o.state(conv, declarations, actor, now) {
		return false
	}
	o.touch(now)
	return true
}

// state adds those of the declarations that the convention asks for and that
// do not stand yet.
func (o *Organisation) state(conv *Convention, declarations []string, actor Actor, now time.Time) (changed bool) {
	for _, d := range conv.Undeclared(o) {
		if slices.Contains(declarations, d.ID) {
			o.Declarations = append(slices.Clip(o.Declarations), Statement{Declaration: d.ID, Date: DateOf(now), By: actor.ID, Time: stamp(now)})
			changed = true
		}
	}
	return changed
}

// Replace puts new content in place of the old.
func (o *Organisation) Replace(content OrganisationContent, actor Actor, now time.Time) error {
	if err := o.gate(actor, Replace, OrganisationStatuses()...); err != nil {
		return err
	}
	if err := content.check(o.ID); err != nil {
		return err
	}
	o.OrganisationContent = content
	o.touch(now)
	return nil
}

// Admit lets the organisation give under the convention, for the first time or
// again.
func (o *Organisation) Admit(actor Actor, now time.Time) error {
	if err := o.gate(actor, Admit, OrganisationApplied, OrganisationSuspended, OrganisationRefused, OrganisationWithdrawn); err != nil {
		return err
	}
	o.Status, o.Admitted, o.Decision = OrganisationAdmitted, stamp(now), nil
	o.touch(now)
	return nil
}

// Refuse answers an application in the negative, with a reason in words.
func (o *Organisation) Refuse(text string, actor Actor, now time.Time) error {
	return o.decide(RefuseApplication, OrganisationRefused, text, true, actor, now, OrganisationApplied)
}

// Suspend takes the organisation out of the matching for a time, with a reason
// in words. Its postings stay as they are.
func (o *Organisation) Suspend(text string, actor Actor, now time.Time) error {
	return o.decide(Suspend, OrganisationSuspended, text, true, actor, now, OrganisationAdmitted)
}

// Withdraw ends the application or the admission: the organisation itself, of
// which no reason is asked, or the secretariat with one.
func (o *Organisation) Withdraw(text string, actor Actor, now time.Time) error {
	return o.decide(Withdraw, OrganisationWithdrawn, text, !o.heldBy(actor), actor, now, OrganisationApplied, OrganisationAdmitted, OrganisationSuspended)
}

func (o *Organisation) decide(action Action, to OrganisationStatus, text string, required bool, actor Actor, now time.Time, from ...OrganisationStatus) error {
	if err := o.gate(actor, action, from...); err != nil {
		return err
	}
	r, err := remark("", text, required, actor, now)
	if err != nil {
		return err
	}
	o.Status, o.Decision = to, r
	o.touch(now)
	return nil
}

// Declare records a declaration that the convention requires, with the day on
// which it was made and the office that made it. A later one takes the place
// of an earlier one.
func (o *Organisation) Declare(conv *Convention, s Statement, actor Actor, now time.Time) error {
	if err := o.gate(actor, Declare, OrganisationStatuses()...); err != nil {
		return err
	}
	s.Office = strings.TrimSpace(s.Office)
	if err := conv.checkStatement(&s, now); err != nil {
		return err
	}
	s.By, s.Time, s.Withdrawn = actor.ID, stamp(now), nil
	o.Declarations = slices.DeleteFunc(slices.Clone(o.Declarations), func(e Statement) bool { return e.Declaration == s.Declaration && e.Stands() })
	o.Declarations = append(o.Declarations, s)
	o.touch(now)
	return nil
}

// WithdrawDeclaration takes a declaration back. From then on the offers of the
// organisation take no part in the matching.
func (o *Organisation) WithdrawDeclaration(id, text string, actor Actor, now time.Time) error {
	if err := o.gate(actor, WithdrawDeclaration, OrganisationStatuses()...); err != nil {
		return err
	}
	at := slices.IndexFunc(o.Declarations, func(s Statement) bool { return s.Declaration == id && s.Stands() })
	if at < 0 {
		return absent()
	}
	r, err := remark("", text, false, actor, now)
	if err != nil {
		return err
	}
	o.Declarations = slices.Clone(o.Declarations)
	o.Declarations[at].Withdrawn = r
	o.touch(now)
	return nil
}

func (o *Organisation) gate(actor Actor, action Action, from ...OrganisationStatus) error {
	if !SeesOrganisation(actor, o).Any() {
		return absent() // before policy: no refusal may tell that it exists
	}
	if err := authorise(MayOrganisation(actor, action, o)); err != nil {
		return err
	}
	if !slices.Contains(from, o.Status) {
		return refused("organisation", string(action), string(o.Status))
	}
	return nil
}
