package mongo

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Examination is what a server says of itself.
type Examination struct {
	ReplicaSet string    // its name; empty for a server that stands alone
	Members    int       // hosts of the replica set
	Time       time.Time // the server's clock when it answered; zero when it does not say
}

// Examine asks the primary what it is.
func (s *Store) Examine(ctx context.Context) (Examination, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	var hello struct {
		SetName   string    `bson:"setName"`
		Hosts     []string  `bson:"hosts"`
		LocalTime time.Time `bson:"localTime"`
	}
	err := s.client.Database("admin").RunCommand(limited, bson.D{{Key: "hello", Value: 1}}).Decode(&hello)
	if err != nil {
		return Examination{}, s.wrap(ctx, "examine", err)
	}
	return Examination{ReplicaSet: hello.SetName, Members: len(hello.Hosts), Time: hello.LocalTime}, nil
}
