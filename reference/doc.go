// Package reference holds the facts about the world that every other room
// builds on: countries and the European Union, the regions of the United
// Nations' M49 standard, the regional groups, languages with their relations,
// neighbours, distances and currencies, with names in the six official
// languages of the United Nations.
//
// The facts are files in the folder data, made by scripts/refdata/generate
// and embedded in the program; NOTICE names their sources. They are read once
// when the program starts and never change afterwards, so every function here
// may be called from any goroutine. Lookups do not allocate.
//
// The designations used here are those of the United Nations and imply no
// opinion about the legal status of any country, territory, city or area, of
// its authorities, or about the delimitation of its frontiers or boundaries.
package reference
