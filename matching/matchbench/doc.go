// Package matchbench makes needs and offers of any number for measurements, as
// skewed as real ones: a few themes, languages and providers make up most of
// them, most offers hold everywhere while some name a region or a country,
// amounts spread over orders of magnitude, dates lie within a few years, and
// few postings are alike in everything that is compared.
package matchbench
