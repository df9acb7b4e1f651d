// Package learn finds how much each part of a ranking should count, from what
// providers did and what committees chose: a conditional logit (McFadden,
// "Conditional Logit Analysis of Qualitative Choice Behavior", 1974) with a
// ridge, whose strength is chosen by cross-validation. It draws no random
// numbers: the same input gives the same weights.
package learn
