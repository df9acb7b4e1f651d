package main

import (
	"context"
	"errors"

	"entente/cooperation"
	"entente/jobs"
	"entente/message"
	"entente/platform"
	"entente/store/mongo"
)

// storeProject rebuilds the projection.
type storeProject struct {
	Convention string `help:"${cli_store_project_convention}" placeholder:"ID"`
}

// Run is called by kong.
func (c *storeProject) Run(ctx context.Context, p *program) error {
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(c.project(ctx, p, i), i.close())
}

func (c *storeProject) project(ctx context.Context, p *program, i *installation) error {
	below, ok := i.store.(*mongo.Store)
	if !ok {
		return cooperation.Refuse(cooperation.Invalid, "cli.store.project_engine")
	}
	chosen := false
	for _, convention := range i.platform.Conventions() {
		if c.Convention != "" && c.Convention != convention.ID {
			continue
		}
		chosen = true
		count, err := i.platform.Project(ctx, below.Projection(), convention.ID)
		if err != nil {
			return err
		}
		p.say("cli.store.project_done", message.Of(message.Text, "convention", convention.ID), message.Count(count))
	}
	if !chosen {
		return cooperation.Refuse(cooperation.Invalid, "error.invalid.unknown_convention", message.Of(message.Text, "value", c.Convention))
	}
	return nil
}

// projector keeps the projection current while the program serves.
type projector struct {
	platform *platform.Platform
	to       *mongo.Projection
}

// projector is nil where the store keeps no projection.
func (i *installation) projector() jobs.Projector {
	below, ok := i.store.(*mongo.Store)
	if !ok {
		return nil
	}
	return projector{i.platform, below.Projection()}
}

// Behind reports whether there is something to project.
func (j projector) Behind(ctx context.Context, convention string) (bool, error) {
	return j.platform.ProjectionBehind(ctx, j.to, convention)
}

// Project follows the log.
func (j projector) Project(ctx context.Context, convention string) error {
	_, err := j.platform.FollowProjection(ctx, j.to, convention)
	return err
}
