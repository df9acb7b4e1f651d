package web

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/message"
)

// matrix shows who needs and offers what where.
type matrix struct {
	Title   string
	Columns []link
	Rows    []matrixRow
	Gaps    []link // where help is needed and none is offered
}

// matrixRow is a theme with its cells.
type matrixRow struct {
	Theme link
	World int // offers for the whole world
	Cells []matrixCell
}

// matrixCell is a theme in a region.
type matrixCell struct {
	Needs, Offers, Partnerships int
	Heat                        int // 0 to 4: how much is needed, beside the most that is needed anywhere
	Gap                         bool
	Money                       []string // still sought
	Address                     string
}

func (matrix) template() string { return "matrix" }

func (m matrix) title() string { return m.Title }

// serveMatrix adds the page of the coordination matrix.
func (p *pages) serveMatrix(engine *gin.Engine) {
	p.read(engine, "/c/:convention/matrix", p.matrix)
}

func (p *pages) matrix(v *visit) error {
	m := v.state.Matrix(v.actor())
	out := matrix{Title: v.text("page.matrix.title")}
	most := 1
	for _, row := range m.Cells {
		for _, c := range row {
			most = max(most, c.Needs)
		}
	}
	used := make([]bool, len(m.Regions)) // a column in which there is nothing is left out
	for _, row := range m.Cells {
		for j, c := range row {
			used[j] = used[j] || c.Needs+c.Offers+c.Partnerships > 0
		}
	}
	for j, region := range m.Regions {
		if used[j] {
			out.Columns = append(out.Columns, link{v.within("/needs?" + url.Values{"region": {region}}.Encode()), v.name(message.Region, region)})
		}
	}
	for i, theme := range m.Themes {
		row := matrixRow{Theme: link{v.within("/themes/" + theme), v.name(message.Theme, theme)}, World: m.World[i]}
		for j, region := range m.Regions {
			if !used[j] {
				continue
			}
			of := &m.Cells[i][j]
			c := matrixCell{Needs: of.Needs, Offers: of.Offers, Partnerships: of.Partnerships, Gap: of.Gap(m.World[i]), Heat: (4*of.Needs + most - 1) / most, Money: v.sought(of.Money),
				Address: v.within("/needs?" + url.Values{"theme": {theme}, "region": {region}}.Encode())}
			if c.Gap {
				out.Gaps = append(out.Gaps, link{c.Address, v.name(message.Theme, theme) + " – " + v.name(message.Region, region)})
			}
			row.Cells = append(row.Cells, c)
		}
		out.Rows = append(out.Rows, row)
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// sought are the sums that are still sought, a currency each.
func (v *visit) sought(sums map[string]catalogue.Sums) []string {
	var out []string
	for _, code := range slices.SortedFunc(maps.Keys(sums), func(a, b string) int {
		return cmp.Or(cmp.Compare(sums[b].Postings, sums[a].Postings), cmp.Compare(a, b))
	}) {
		if left := sums[code].Amounts[0] - sums[code].Amounts[1]; left > 0 {
			out = append(out, v.money(left, code))
		}
	}
	return out
}
