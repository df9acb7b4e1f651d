package cooperation

import "encoding/json"

// oldOrganisation is the form of an organisation before it had a life: a day
// of admission, and declarations by their ids alone.
type oldOrganisation struct {
	Meta
	Name         string           `json:"name"`
	Sort         OrganisationSort `json:"sort"`
	Admitted     Date             `json:"admitted"`
	Declarations []string         `json:"declarations"`
}

// UnmarshalJSON reads an organisation, also in the form of the first release:
// one without a status was entered by the secretariat, and admitted on its day.
func (o *Organisation) UnmarshalJSON(text []byte) error {
	var form struct {
		Status *OrganisationStatus `json:"status"`
	}
	if err := json.Unmarshal(text, &form); err != nil {
		return err
	}
	if form.Status != nil {
		type plain Organisation
		return json.Unmarshal(text, (*plain)(o))
	}
	var old oldOrganisation
	if err := json.Unmarshal(text, &old); err != nil {
		return err
	}
	*o = Organisation{Meta: old.Meta, OrganisationContent: OrganisationContent{Name: old.Name, Sort: old.Sort}, Status: OrganisationApplied, Source: FromSecretariat}
	if !old.Admitted.IsZero() {
		o.Status, o.Admitted = OrganisationAdmitted, old.Admitted.Time()
	}
	for _, id := range old.Declarations {
		o.Declarations = append(o.Declarations, Statement{Declaration: id, Date: old.Admitted, Time: old.Updated})
	}
	return nil
}
