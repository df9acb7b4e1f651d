package catalogue

// The kinds of documents in the logs, as commits name them.
const (
	KindNeed         = "need"
	KindOffer        = "offer"
	KindActivity     = "activity"
	KindProposal     = "proposal"
	KindReview       = "review"
	KindAgreement    = "agreement" // in which both sides come to terms
	KindPartnership  = "partnership"
	KindRun          = "run"
	KindNotification = "notification"
	KindOrganisation = "organisation"
	KindCommittee    = "committee"   // whom the secretariat named to it
	KindCommitment   = "commitment"  // of an action plan
	KindUser         = "user"        // in the log of accounts
	KindToken        = "token"       // in the log of accounts
	KindCredential   = "credential"  // in the log of accounts
	KindKey          = "key"         // in the log of accounts
	KindErasure      = "erasure"     // in the log of accounts
	KindMailSwitch   = "mail_switch" // in the log of accounts
	KindWebhook      = "webhook"
	KindSubscription = "subscription"
	KindDelivery     = "delivery"           // of an event to a webhook
	KindTemplate     = "template"           // the wording of mails
	KindHistory      = "history"            // past help, imported from one source
	KindHistoryPart  = "history_part"       // rows of it
	KindDuplicate    = "duplicate"          // what was decided of a likely one
	KindWeights      = "weights"            // adopted over those of the profile
	KindProgramme    = "programme_activity" // a line of the costed programme
)

// The kinds of documents of bodies, as commits name them.
const (
	KindRecommendation = "recommendation" // a text of bodies
	KindAssessment     = "assessment"     // help with finding out what is needed
	KindIntroduction   = "introduction"   // of the two sides of a proposal to each other
)

// Change is a new version of one document, as a commit carries it.
type Change struct {
	Kind    string
	ID      string
	Version uint64 // greater than that of the version before
	Schema  int    // the form of the body
	Body    []byte // JSON; nil when it was erased
}

// Decode reads a version of a document as this release knows its kind, one of
// an older form too. A nil document is an erased one.
func Decode[T any](c Change) (*T, error) { return decode[T](c) }
