package api_test

// Notifications are for the one who is told, and for nobody else.
func (tables) Notifications(i *installation) []right {
	i.submittedNeed()
	var told struct{ Items []struct{ ID string } }
	i.ask("secretary", "GET", "/api/v1/notifications", nil).is(200).into(&told)
	if len(told.Items) == 0 {
		i.t.Fatal("the secretariat was told nothing")
	}
	return []right{
		{op: "listNotifications", may: "200 others"},
		{op: "readNotification", id: told.Items[0].ID, may: "200 secretary, 404 others"},
		{op: "readNotification", what: "absent", id: nobody, may: "404 others"},
	}
}
