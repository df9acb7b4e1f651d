package matching

import "entente/message"

// sizePart is the share of the need's gap that the offer could fill with what
// remains of it (its ceiling where only that is stated), at the most the whole.
// It is neutral when either side states no amount.
func sizePart(n *needFeatures, o *offerFeatures) finding { return sizeValue(n.gap, o.amount) }

// sizeValue is sizePart of a gap and an amount.
func sizeValue(gap, amount int64) finding {
	switch {
	case gap <= 0:
		return finding{value: Neutral, say: saySizeNeedUnstated}
	case amount <= 0:
		return finding{value: Neutral, say: saySizeOfferUnstated}
	case amount >= gap:
		return finding{value: Whole, say: saySizeWhole}
	default:
		return finding{value: share(amount, gap), say: saySizeShare}
	}
}

// share returns part/whole in millionths, rounded down, for 0 <= part <= whole
// and whole > 0. Amounts too large to be multiplied lose digits that could not
// show.
func share(part, whole int64) int32 {
	const largest = (1<<63 - 1) / int64(Whole)
	for whole > largest {
		part, whole = part>>1, whole>>1
	}
	return int32(part * int64(Whole) / whole)
}

// sizeMessage puts the finding of sizePart into words.
func sizeMessage(f finding) message.Message {
	if f.say == saySizeShare {
		return message.New(f.say.key(), message.Of(message.Percent, "share", decimal(f.value)))
	}
	return message.New(f.say.key())
}
