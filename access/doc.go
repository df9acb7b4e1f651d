// Package access lets people in: it knows who sends a request, keeps their
// sessions, checks passwords, passkeys, one-time links and the word of
// identity providers, and guards the whole server (Guard): rate limits, posts
// from other sites, security headers.
//
// Accounts and what proves whose they are belong to platform; what lives
// shortly (sessions, ceremonies, the counting of attempts) lies in the
// ephemeral values of the store, which all replicas share.
package access
