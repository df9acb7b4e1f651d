package matching

import "entente/message"

// kindPart is the share of the need's kinds of assistance that the offer gives.
func kindPart(n *needFeatures, o *offerFeatures) finding {
	wanted := n.kinds
	covered := wanted & o.kinds
	if wanted == 0 {
		return finding{say: sayKindNone}
	}
	f := finding{value: Whole * int32(covered.Len()) / int32(wanted.Len())}
	switch covered {
	case wanted:
		f.say = sayKindAll
	case 0:
		f.say = sayKindNone
	default:
		f.say = sayKindSome
	}
	return f
}

// kindMessage puts the finding of kindPart into words.
func kindMessage(n *needFeatures, o *offerFeatures, f finding) message.Message {
	covered := n.kinds & o.kinds
	switch f.say {
	case sayKindAll:
		return message.New(f.say.key(), message.List(message.Kinds, "kinds", covered.Codes()...))
	case sayKindSome:
		missing := n.kinds &^ o.kinds
		return message.New(f.say.key(),
			message.List(message.Kinds, "kinds", covered.Codes()...),
			message.List(message.Kinds, "missing", missing.Codes()...))
	default:
		return message.New(f.say.key())
	}
}
