package platform

import (
	"context"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// Weights returns how the parts of a score count in a convention, as the actor
// may see it: what was adopted last, or version 1, what the profile says.
func (p *Platform) Weights(actor cooperation.Actor, convention string) (*cooperation.AdoptedWeights, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if w, adopted := r.state.AdoptedWeights(); adopted {
		return w.Shown(actor, r.convention()), nil
	}
	return cooperation.ProfileWeights(r.profile), nil
}

// MostAdoptions is how many adoptions a history of weights tells at most.
const MostAdoptions = 50

// WeightsHistory lists the weights that were adopted, the latest first, without
// those of the profile, and says how many there ever were.
func (p *Platform) WeightsHistory(ctx context.Context, actor cooperation.Actor, convention string) ([]*cooperation.AdoptedWeights, int, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, 0, err
	}
	s := r.weightsSubject(actor)
	steps := s.trail[max(0, len(s.trail)-MostAdoptions):]
	versions, err := p.versions(ctx, s, steps)
	if err != nil {
		return nil, 0, err
	}
	var out []*cooperation.AdoptedWeights
	for i := len(versions) - 1; i >= 0; i-- {
		if w, ok := versions[i].shown.(*cooperation.AdoptedWeights); ok {
			out = append(out, w)
		}
	}
	return out, len(s.trail), nil
}

// weightsSubject reads the versions of a convention's weights, which everybody
// may read.
func (r *room) weightsSubject(actor cooperation.Actor) *subject {
	id := cooperation.WeightsID(r.id())
	return &subject{kind: catalogue.KindWeights, id: id, log: r.id(), sight: cooperation.SeesPublic, trail: r.state.Trail(catalogue.KindWeights, id),
		read: func(c catalogue.Change) (exhibit, error) {
			w, err := catalogue.Decode[cooperation.AdoptedWeights](c)
			if err != nil || w == nil {
				return exhibit{}, err
			}
			return exhibit{whole: w, shown: w.Shown(actor, r.convention())}, nil
		}}
}

// AdoptWeights puts the weights of a file in force. The next run goes by them;
// their number is one more than that of the weights before.
func (p *Platform) AdoptWeights(ctx context.Context, actor cooperation.Actor, convention string, match Match, file cooperation.WeightsFile, reason string) (*cooperation.AdoptedWeights, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	var adopted cooperation.AdoptedWeights
	err = r.do(ctx, "weights.adopt", actor, func(d *draft) error {
		adopted = *r.weights(d)
		if err := match.check(adopted.Version); err != nil {
			return err
		}
		if err := adopted.Adopt(r.under(d), file, reason, actor, p.clock()); err != nil {
			return err
		}
		if err := readable(&adopted); err != nil {
			return err
		}
		d.put(catalogue.KindWeights, adopted.ID, adopted.Version, &adopted)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return adopted.Shown(actor, r.convention()), nil
}

// weights are those in force as a draft leaves them.
func (r *room) weights(d *draft) *cooperation.AdoptedWeights {
	if w, ok := decided[*cooperation.AdoptedWeights](d, catalogue.KindWeights, cooperation.WeightsID(r.id())); ok {
		return w
	}
	if w, ok := r.state.AdoptedWeights(); ok {
		return w
	}
	return cooperation.ProfileWeights(r.profile)
}

// readable refuses weights whose model of the record the engine does not know.
func readable(w *cooperation.AdoptedWeights) error {
	model := catalogue.Model(w)
	if model.Validate() == nil {
		return nil
	}
	e := cooperation.Refuse(cooperation.Invalid, "error.invalid.fields", countOne())
	e.Fields = []cooperation.FieldError{{Field: "record", Message: message.New("error.invalid.model")}}
	return e
}

// tried are the weights of a file as they would be in force now.
func (r *room) tried(actor cooperation.Actor, file cooperation.WeightsFile, now time.Time) (*cooperation.Convention, error) {
	c := *r.convention()
	if _, may := cooperation.MayAdoptWeights(actor, &c, cooperation.DateOf(now)); !may {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	if err := file.Check(); err != nil {
		return nil, err
	}
	w := cooperation.ProfileWeights(r.profile)
	w.WeightsFile = file
	w.Weights.Version = c.Weights.Version + 1
	if err := readable(w); err != nil {
		return nil, err
	}
	c.Weights, c.Learned = w.Weights, w
	return &c, nil
}
