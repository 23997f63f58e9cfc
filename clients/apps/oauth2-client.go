package main

import (
	"bufio"
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"

	"golang.org/x/oauth2"
)

// check ends the program on an error.
func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	config := &oauth2.Config{
		ClientID:    os.Getenv("API_KEY"),
		RedirectURL: os.Getenv("REDIRECT_URI"),
		Scopes:      []string{"openid", "profile"},
		Endpoint: oauth2.Endpoint{
			AuthURL:   os.Getenv("AUTHORIZE"),
			TokenURL:  os.Getenv("TOKEN"),
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}
	fmt.Println(config.AuthCodeURL("state",
		oauth2.SetAuthURLParam("code_challenge", os.Getenv("CHALLENGE")),
		oauth2.SetAuthURLParam("code_challenge_method", "S256")))
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	check(err)
	back, err := url.Parse(strings.TrimSpace(line))
	check(err)
	token, err := config.Exchange(context.Background(), back.Query().Get("code"),
		oauth2.SetAuthURLParam("code_verifier", os.Getenv("VERIFIER")))
	check(err)
	next, err := config.TokenSource(context.Background(), &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
	check(err)
	fmt.Println(next.AccessToken)
}
