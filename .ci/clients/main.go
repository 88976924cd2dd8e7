// The first steps of an admin and of a worker, with a Go client generated from docs/openapi.yaml.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"accesslinks"
)

func expect(what string, is bool) {
	if !is {
		fmt.Fprintln(os.Stderr, "not as expected:", what)
		os.Exit(1)
	}
}

func succeeded(what string, err error) {
	var refused *accesslinks.GenericOpenAPIError
	if errors.As(err, &refused) {
		fmt.Fprintln(os.Stderr, string(refused.Body()))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, what, err)
		os.Exit(1)
	}
}

func main() {
	origin, session := os.Args[1], os.Args[2]
	settings := accesslinks.NewConfiguration()
	settings.Servers = accesslinks.ServerConfigurations{{URL: origin}}
	client := accesslinks.NewAPIClient(settings)
	anyone := context.Background()
	admin := context.WithValue(anyone, accesslinks.ContextAccessToken, session)

	input := accesslinks.NewLinkInput("Crew of Zoë 中", accesslinks.ADMISSION_INSTANT)
	input.SetCap(7)
	days := accesslinks.NewAllocationEndInput()
	days.SetAfterDays(30)
	input.SetAllocationEnds(*days)
	link, _, err := client.LinksAPI.CreateLink(admin).LinkInput(*input).Execute()
	succeeded("create-link", err)
	expect("a new link is open", link.Status == accesslinks.LINKSTATUS_OPEN && link.Seats.GetFree() == 7)
	expect("the end is kept", link.AllocationEnds.Get().AllocationEndAfterDays.AfterDays == 30)

	public, _, err := client.JoiningAPI.ViewLink(anyone, link.Code).Execute()
	succeeded("view-link", err)
	expect("everyone sees it open", public.State == "open")

	person := accesslinks.NewRegistration()
	person.SetName("Gopher Rivet")
	person.SetEmail("gopher@example.com")
	registered, _, err := client.JoiningAPI.RedeemLink(anyone, link.Code).Registration(*person).Execute()
	succeeded("redeem-link", err)
	expect("a mail is on its way", registered.Status == "check_your_mail")

	stats, _, err := client.LinksAPI.LinkStats(admin, link.Id).Execute()
	succeeded("link-stats", err)
	expect("one seat is reserved", stats.ByState.Reserved == 1 && len(stats.Enrollments) == 1)
	expect("it is theirs", stats.Enrollments[0].Member.MemberInBrief.Email == "gopher@example.com")

	_, _, err = client.LinksAPI.GetLink(admin, "00000000-0000-4000-8000-000000000000").Execute()
	var refused *accesslinks.GenericOpenAPIError
	expect("an unknown link is an error", errors.As(err, &refused))
	known, is := refused.Model().(accesslinks.Error)
	expect("of a kind of its own", is && known.Error.Code == accesslinks.ERRORCODE_LINK_NOT_FOUND)
	fmt.Println("the Go client did its job")
}
