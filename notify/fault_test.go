package notify

import (
	"testing"
	"time"

	"entente/store/storetest/faulttest"
)

func TestAMailThroughABadNetworkIsSentOrTriedAgainAndNeverCalledSentInVain(t *testing.T) {
	for _, tc := range []struct {
		fault faulttest.Fault
		want  map[Class]bool // the classes that the fault may be told as; "" is sent
	}{
		{faulttest.Latency(40), map[Class]bool{"": true}},
		{faulttest.Crawl(2), map[Class]bool{"": true, Timeout: true}},
		{faulttest.Reset(), map[Class]bool{Network: true}},
		{faulttest.Deaf(), map[Class]bool{Timeout: true}},
		{faulttest.Mute(), map[Class]bool{Timeout: true}},
	} {
		t.Run(tc.fault.Name, func(t *testing.T) {
			office := openPostOffice(t, "none")
			proxy := faulttest.Before(t, office.address)
			channel := newSMTP(t, SMTPOptions{Address: proxy.Address(), Timeout: time.Second})
			proxy.Inject(tc.fault)
			retry, err := channel.Send(t.Context(), greeting())
			if class := classOf(err); !tc.want[class] || retry != (class != "") {
				t.Errorf("retry %v, %v", retry, err)
			}
			arrived := len(office.got())
			if err == nil && arrived != 1 {
				t.Errorf("called sent, and %d arrived", arrived)
			}
			proxy.Heal()
			if retry, err := channel.Send(t.Context(), greeting()); err != nil {
				t.Errorf("after the fault: retry %v, %v", retry, err)
			}
			if got := len(office.got()); got != arrived+1 {
				t.Errorf("%d mails arrived after %d", got, arrived)
			}
			proxy.Cut()
			if retry, err := channel.Send(t.Context(), greeting()); classOf(err) != Network || !retry {
				t.Errorf("with nobody there: retry %v, %v", retry, err)
			}
		})
	}
}
