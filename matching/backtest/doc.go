// Package backtest measures how well providers are ranked for needs that
// history later answered: it hides some years, ranks with what was known before
// them, and looks where those who did help stand in the list. The engine is
// compared with rankings that anybody could make.
package backtest
