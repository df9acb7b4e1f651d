package cooperation

// MayOwnWebhook decides who may have changes announced to an address of its
// own: whoever holds a role in the convention. What is announced is what the
// owner may see.
func MayOwnWebhook(a Actor, convention string) bool {
	return !a.ReadOnly && !a.IsPublic() && !a.system && a.Within(convention)
}

// SeesWebhook decides who may know of a webhook: its owner, and the
// secretariat, which answers for what leaves the convention.
func SeesWebhook(a Actor, w *Webhook) bool {
	return w.Status != WebhookRemoved && !a.IsPublic() && (a.ID == w.Owner || a.Has(w.Convention, Secretariat))
}

// MayChangeWebhook decides who may change a webhook, read its secret by
// rotation, test it and send again: its owner.
func MayChangeWebhook(a Actor, w *Webhook) bool {
	return !a.ReadOnly && SeesWebhook(a, w) && a.ID == w.Owner && a.Within(w.Convention)
}

// MayRemoveWebhook decides who may delete a webhook.
func MayRemoveWebhook(a Actor, w *Webhook) bool { return !a.ReadOnly && SeesWebhook(a, w) }
