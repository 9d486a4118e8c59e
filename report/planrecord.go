package report

import (
	"fmt"
	"strings"
)

// csvOrder is the header of plan.csv. Scripts rely on it: names and order stay,
// new columns go to the end.
const csvOrder = "key,status,expires,days_left,act_by,relationship_by,customer,tenant_id,domain,country,region,partner_region,same_region," +
	"channel,programme,route,progress,subscription_id,current_offer,current_offer_id,current_sku_guid,licences,assigned," +
	"match,match_basis,match_score,csp_offer,csp_product_id,csp_sku_id,csp_sku_guid,licences_to_provision,csp_term,csp_billing,csp_start," +
	"reassign,users_to_reassign,plans_lost,end_of_term,access_lost_on,data_deleted_on,relationship,delegated_admin,credit_asked_by,auto_renew," +
	"term,billing,currency,cost_now_year,csp_currency,cost_csp_year,difference_year,overlap_today,overlap_planned,prepaid_lost," +
	"locked_in_if_missed,credit_at_most,findings,next,decision,owner,planned_date,note,source_file,source_sheet,source_row," +
	"migration,offer_wanted,licences_wanted,accepted_until,transfer_request,stop_renewal_by"

// csvColumns are the columns of plan.csv in its order.
var csvColumns = orderColumns(strings.Split(csvOrder, ","))

// orderColumns finds each name in the column table. A name that is missing
// there is a fault in this source.
func orderColumns(names []string) []*planColumn {
	byCode := make(map[string]*planColumn, len(planColumns))
	for i := range planColumns {
		byCode[planColumns[i].code] = &planColumns[i]
	}
	columns := make([]*planColumn, len(names))
	for i, name := range names {
		c := byCode[name]
		if c == nil || c.csv == nil {
			panic(fmt.Sprintf("plan.csv has no column %q", name))
		}
		columns[i] = c
	}
	return columns
}

// PlanHeader is the header of plan.csv.
func (rep *Report) PlanHeader() []string { return strings.Split(csvOrder, ",") }

// PlanCell appends a cell of row i of the plan to dst and returns it: machine
// words, ISO dates, amounts with the currency's digits and a dot, unknown empty,
// lists joined by "|", the next step in English. It is not guarded against formula
// injection: the writer does that.
func (rep *Report) PlanCell(i, column int, dst []byte) []byte {
	return csvColumns[column].csv(dst, rep, &rep.Plan.Rows[i])
}

// PlanTextColumns tells, for each column of plan.csv, whether it holds text,
// some of which comes from the input and must not be evaluated by a
// spreadsheet; dates, numbers and amounts are ours.
func (rep *Report) PlanTextColumns() []bool {
	isText := make([]bool, len(csvColumns))
	for i, c := range csvColumns {
		isText[i] = c.kind == Text
	}
	return isText
}
