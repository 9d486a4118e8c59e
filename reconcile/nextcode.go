package reconcile

// A Next is what to do now about a row: the first line of rules.md §8 that fits.
// What the sentence says of the offer to buy and of whoever accepted a finding, it
// takes from the row.
type Next struct {
	Code  NextCode
	Date  Date
	N, Of int32 // licences; of NextMoreAssigned the assigned ones and the licences
}

// A NextCode names the sentence of a next step: the text next.<word>.
type NextCode uint8

const (
	NextUnknown NextCode = iota
	NextDone
	NextAccepted
	NextStopRegion
	NextStopCloud
	NextStopProvider
	NextDataDeleted
	NextNotMoved
	NextWish
	NextExpiredChoose
	NextExpired
	NextFind
	NextChoose
	NextConfirm
	NextMoreAssigned
	NextMoveBase
	NextPlanBeforeEnd
	NextFindCountry
	NextFindCloud
	NextFindTenant
	NextExportAgain
	NextAgreeLicences
	NextSettleCSP
	NextClarifySources
	NextClarifyFacts
	NextFindExpiry
	NextAskTrial
	NextVerifySegment
	NextFindBase
	NextSettleFamily
	NextSplitSeats
	NextMergeOrders
	NextCheckSale
	NextAgreement
	NextPartnerID
	NextPlanBeforeRenewal
	NextDecideAgain
	NextNothingBefore
	NextRequest
	NextChase
	NextOtherOffer
	NextMigrationFailed
	NextMigrationVanished
	NextMigrationRunning
	NextMigrationScheduled
	NextProvision
	NextTransfer
	NextTransferred
	NextEndOver
	NextAutorenew
	NextEndEST
	NextEndSet
	NextEndRenewal
	NextVerifyEnd
	NextCodes = iota // how many there are
)

var nextWords = []string{
	"",
	"done", "accepted", "stop_region", "stop_cloud", "stop_provider", "data_deleted", "not_moved", "wish",
	"expired_choose", "expired", "find", "choose", "confirm", "more_assigned", "move_base", "plan_before_end",
	"find_country", "find_cloud", "find_tenant", "export_again", "agree_licences", "settle_csp", "clarify_sources",
	"clarify_facts", "find_expiry", "ask_trial", "verify_segment", "find_base", "settle_family", "split_seats",
	"merge_orders", "check_sale", "agreement", "partner_id", "plan_before_renewal", "decide_again", "nothing_before",
	"request", "chase", "other_offer", "migration_failed", "migration_vanished", "migration_running",
	"migration_scheduled", "provision", "transfer", "transferred", "end_over", "autorenew", "end_est", "end_set",
	"end_renewal", "verify_end",
}

// String is the code without the prefix of its text.
func (c NextCode) String() string { return word(nextWords, uint8(c)) }

// ParseNextCode is the inverse of NextCode.String.
func ParseNextCode(s string) (NextCode, bool) { return parseWord[NextCode](nextWords, s) }
